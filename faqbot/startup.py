"""From a folder on disk to an assistant that answers."""

import gc
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from faqbot.assistant import Assistant
from faqbot.cache import keep, recall
from faqbot.embeddings.client import Embedder
from faqbot.embeddings.meaning import Meaning
from faqbot.errors import StoreError
from faqbot.knowledge.files import stamp
from faqbot.knowledge.overlay import EditSource, KeptEdit, load_overlaid
from faqbot.matching.calibration import calibration_of


@dataclass(frozen=True, slots=True)
class Known:
    """Edits that were in force at a time."""

    edits: tuple[KeptEdit, ...] = ()
    revision: str | None = None
    """What their source said it is; None where it was never reached."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An assistant, the stamp of the files it was made of, and the edits laid over them."""

    assistant: Assistant
    stamp: str
    known: Known = Known()


def load_stamped(knowledge: Path, source: EditSource | None = None) -> Loaded:
    """Load as ``load_assistant`` does, and say of which files and edits; of older ones if they change meanwhile.

    :param source: Of edits; None for none. While it is down, there are none.
    """
    files = stamp(knowledge)
    known = newest_edits(source, Known())
    return Loaded(load_assistant(knowledge, known.edits), files, known)


def newest_edits(source: EditSource | None, known: Known) -> Known:
    """Return the edits in force; those that are known already, if there are no others or nobody can say."""
    try:
        revision = source.revision() if source else None
        if source is None or revision == known.revision:
            return known
        return Known(tuple(source.in_force()), revision)
    except StoreError:
        return known


def load_assistant(knowledge: Path, edits: Sequence[KeptEdit] = (), *, remember: bool = True) -> Assistant:
    """Load a knowledge folder or file, with the calibration that lies in the folder, or the default one.

    An assistant that was built from the same files and edits before is recalled from the cache.

    :param edits: Laid over the files; none by default.
    :param remember: Whether to keep it in the cache, in place of the one before; yes by default.
    :raises KnowledgeError: if the knowledge or its calibration has a fault.
    """
    name = made_of(knowledge, edits)
    with no_garbage():
        assistant = recall(knowledge, name)
        if assistant is None:
            assistant = build_assistant(knowledge, edits)
            if remember:
                keep(knowledge, name, assistant)
    return assistant


def build_assistant(knowledge: Path, edits: Sequence[KeptEdit] = ()) -> Assistant:
    """Build what ``load_assistant`` returns, whatever is in the cache.

    :raises KnowledgeError: as it does.
    """
    with no_garbage():
        return Assistant(load_overlaid(knowledge, edits), calibration_of(knowledge))


def made_of(knowledge: Path, edits: Sequence[KeptEdit]) -> str:
    """Return the name of files and edits in the cache."""
    text = json.dumps([(edit.id, edit.kind, edit.content) for edit in edits], sort_keys=True)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() if edits else ""
    return stamp(knowledge) + digest


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
def no_garbage() -> Iterator[None]:
    """Pause the garbage collector: almost nothing dies while an assistant is built, and looking took a third of it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
