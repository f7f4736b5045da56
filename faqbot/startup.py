"""From a folder on disk to an assistant that answers."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from faqbot.assistant import Assistant
from faqbot.cache import keep, recall
from faqbot.embeddings.client import Embedder
from faqbot.embeddings.meaning import Meaning
from faqbot.knowledge.files import stamp
from faqbot.knowledge.loader import load
from faqbot.matching.calibration import calibration_of


@dataclass(frozen=True, slots=True)
class Loaded:
    """An assistant, and the stamp of the files it was made of."""

    assistant: Assistant
    stamp: str


def load_stamped(knowledge: Path) -> Loaded:
    """Load as ``load_assistant`` does, and say of which files; of older ones if they are edited meanwhile."""
    made_of = stamp(knowledge)
    return Loaded(load_assistant(knowledge), made_of)


def load_assistant(knowledge: Path) -> Assistant:
    """Load a knowledge folder or file, with the calibration that lies in the folder, or the default one.

    An assistant that was built from the same files before is recalled from the cache.

    :raises KnowledgeError: if the knowledge or its calibration has a fault.
    """
    made_of = stamp(knowledge)
    with _no_garbage():
        assistant = recall(knowledge, made_of)
        if assistant is None:
            assistant = Assistant(load(knowledge), calibration_of(knowledge))
            keep(knowledge, made_of, assistant)
    return assistant


def add_meaning(assistant: Assistant, url: str | None, model: str = "") -> Meaning | None:
    """Let an assistant compare by meaning too, from when the endpoint has been asked about all stored texts.

    :param url: Of the endpoint; None for none, and then nothing is added.
    :param model: Name of the model, for an endpoint that has several; empty by default.
    :raises SettingsError: if no endpoint can be there.
    """
    if url is None:
        return None
    meaning = Meaning(Embedder(url, model), assistant.matcher.index.stored_texts)
    assistant.matcher.meaning = meaning.similarities
    meaning.start()
    return meaning


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Pause the garbage collector: almost nothing dies while an assistant is built, and looking took a third of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
