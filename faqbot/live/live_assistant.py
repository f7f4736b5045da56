"""An assistant that follows the edits of its knowledge while the server runs."""

import gc
import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from faqbot.assistant import Assistant
from faqbot.embeddings.meaning import Meaning
from faqbot.errors import FaqbotError
from faqbot.knowledge.files import stamp
from faqbot.knowledge.overlay import EditSource, KeptEdit
from faqbot.live.apart import load_apart
from faqbot.live.background import Background
from faqbot.live.newest import Newest
from faqbot.live.watch import moments
from faqbot.memory import give_back
from faqbot.startup import Known, Loaded, add_meaning, load_assistant, load_stamped, newest_edits

_log = logging.getLogger(__name__)

SECONDS_BETWEEN_QUESTIONS = 0.25
"""To the store, whether other edits are in force; it takes half a millisecond."""
_LEAST_REST = 100
"""Times as long as a look at all files took, until the next one that nothing speaks for."""
_WORTH_A_PROCESS = 1_000
"""Stored texts: to build so many here takes a tenth of a second, and to start a process takes longer."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is answered with at a time."""

    assistant: Assistant
    meaning: Meaning | None
    """What compares by meaning; None where no endpoint is set."""
    fault: str | None = None
    """Why the newest edit was not taken; None if it was."""


class LiveAssistant:
    """Holds the newest assistant that could be loaded.

    Once it is started, threads watch the files and ask for the edits in force. What changed is loaded in the
    background, and takes the place of the old in one step: no request waits, and each sees one of the two.
    Knowledge with a fault is not taken: the old one stays, and ``fault`` says why. While nobody can say which edits are
    in force, those that were stay so.

    It starts from ``loaded``, if that is given, and takes over what was edited since.
    """

    def __init__(
        self,
        knowledge: Path,
        *,
        loaded: Loaded | None = None,
        edits: EditSource | None = None,
        embeddings_url: str | None = None,
        embeddings_model: str = "",
    ) -> None:
        self.path = knowledge
        """Of the knowledge."""
        self._add_meaning = partial(add_meaning, url=embeddings_url, model=embeddings_model)
        first = loaded or load_stamped(knowledge, edits)
        self._files: Newest[str] = Newest(first.stamp, lambda _: stamp(knowledge))
        self._edits: Newest[Known] = Newest(first.known, partial(newest_edits, edits))
        self._made_of = (first.stamp, first.known.edits)
        self.held = Held(first.assistant, self._add_meaning(first.assistant))
        """All that belongs together; whoever needs several parts of it takes it once."""
        self._loading = threading.Lock()
        follow = {"knowledge-files": self._follow_files}
        if edits is not None:
            follow["knowledge-edits"] = self._follow_edits
        self._following = Background(follow, before_again=self._unlock)

    def current(self) -> Assistant:
        """Return the assistant to answer with."""
        return self.held.assistant

    @property
    def meaning(self) -> Meaning | None:
        """What compares by meaning; None where no endpoint is set."""
        return self.held.meaning

    @property
    def fault(self) -> str | None:
        """Why the newest edit was not taken; None if it was."""
        return self.held.fault

    def refresh(self) -> None:
        """Take over at once what was changed before this call, and wait for it."""
        self._files.look()
        self._edits.look()
        self._catch_up()

    def start(self) -> None:
        """Take over what was changed, and follow from now on, also in processes that are forked off later."""
        self.refresh()
        self._following.start()

    def stop(self) -> None:
        """Follow no longer."""
        self._following.stop()

    def _unlock(self) -> None:
        """Begin anew, in a process that was just forked off, maybe while another thread was loading."""
        if self._loading.locked():
            gc.enable()
        self._files.unlock()
        self._edits.unlock()
        self._loading = threading.Lock()

    def _follow_files(self, stopped: threading.Event) -> None:
        """Take what is there when the system says so; in between, what two looks find alike: a set that is complete."""
        rests_until, before = time.monotonic(), self._files.value
        for told in moments(self.path, stopped):
            began = time.monotonic()
            if told or began >= rests_until:
                found = stamp(self.path)
                rests_until = began + _LEAST_REST * (time.monotonic() - began)
                if told or found == before != self._files.value:
                    self._files.look()
                    self._catch_up()
                before = found

    def _follow_edits(self, stopped: threading.Event) -> None:
        while not stopped.wait(SECONDS_BETWEEN_QUESTIONS):
            self._edits.look()
            self._catch_up()

    def _catch_up(self) -> None:
        """Load the knowledge if its files or the edits in force are others than before."""
        with self._loading:
            newest = (self._files.value, self._edits.value.edits)
            if newest == self._made_of:
                return
            self._made_of = newest
            try:
                assistant = self._load(newest[1])
                self.held = Held(assistant, self._add_meaning(assistant))
                give_back()
                _log.info("knowledge loaded, revision %s", assistant.knowledge.revision)
            except (FaqbotError, OSError) as error:
                self._keep_the_old(str(error))
            except Exception as error:
                # Whatever is in the files must not end the thread: the next edit may be good. Errors may quote people.
                _log.exception("the edited knowledge cannot be loaded")
                self._keep_the_old(f"unexpected {type(error).__name__}")

    def _load(self, edits: Sequence[KeptEdit]) -> Assistant:
        large = len(self.current().matcher.index.stored_texts) >= _WORTH_A_PROCESS
        return load_apart(self.path, edits) if large else load_assistant(self.path, edits)

    def _keep_the_old(self, fault: str) -> None:
        self.held = replace(self.held, fault=fault)
        _log.warning("the edited knowledge is not taken, the old one stays:\n%s", fault)
