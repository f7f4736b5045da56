"""An assistant that follows the edits of its knowledge while the server runs."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from faqbot.assistant import Assistant
from faqbot.embeddings.meaning import Meaning
from faqbot.errors import FaqbotError
from faqbot.knowledge.files import stamp
from faqbot.knowledge.overlay import EditSource
from faqbot.memory import give_back
from faqbot.startup import Loaded, add_meaning, load_assistant, load_stamped, newest_edits

_log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 2.0
SECONDS_TO_WAIT = 1.5
"""For an edit to load, by the request that sees it first; after that it answers from the old knowledge too."""
_SECONDS_TO_SEE = 0.1
"""Whether other edits are in force; a store that is slow to say so is not waited for."""


class LiveAssistant:
    """Holds the newest assistant that could be loaded.

    A request looks at the files, and asks for the edits in force, at most every two seconds. If they changed, a thread
    loads them, and that request waits for it, but not for long; the others answer as before.
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
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path = knowledge
        """Of the knowledge."""
        self._edits = edits
        self._embeddings_url = embeddings_url
        self._embeddings_model = embeddings_model
        self._clock = clock
        first = loaded or load_stamped(knowledge, edits)
        self._stamp = first.stamp
        self._known = first.known
        self._assistant, self.meaning = first.assistant, self._meaning_of(first.assistant)
        self._looked = clock()
        self._lock = threading.Lock()
        self._loader: threading.Thread | None = None
        self._seen = threading.Event()
        self._changed = False
        self.fault: str | None = None
        """Why the newest edit was not taken; None if it was."""

    def current(self) -> Assistant:
        """Return the assistant to answer with."""
        if self._clock() - self._looked >= SECONDS_BETWEEN_LOOKS and self._lock.acquire(blocking=False):
            try:
                self._looked = self._clock()
                self._look()
            finally:
                self._lock.release()
        return self._assistant

    def settle(self) -> None:
        """Wait until a load that is under way has ended."""
        if self._loader is not None:
            self._loader.join()

    def refresh(self) -> None:
        """Take over at once what was changed before this call, and wait for it."""
        with self._lock:
            self.settle()
            self._looked = self._clock()
            self._follow(stamp(self.path))

    def _look(self) -> None:
        if self._loader is not None and self._loader.is_alive():
            return
        newest = stamp(self.path)
        files_changed = newest != self._stamp
        if not files_changed and self._edits is None:
            return
        self._seen.clear()
        self._loader = threading.Thread(target=self._follow, args=(newest,), name="knowledge-loader", daemon=True)
        self._loader.start()
        if files_changed or (self._seen.wait(_SECONDS_TO_SEE) and self._changed):
            self._loader.join(SECONDS_TO_WAIT)

    def _follow(self, newest: str) -> None:
        """Load the knowledge if its files or the edits in force are others than before."""
        known = newest_edits(self._edits, self._known)
        self._changed = (newest, known.edits) != (self._stamp, self._known.edits)
        self._stamp, self._known = newest, known
        self._seen.set()
        if self._changed:
            self._load()

    def _meaning_of(self, assistant: Assistant) -> Meaning | None:
        return add_meaning(assistant, self._embeddings_url, self._embeddings_model)

    def _load(self) -> None:
        try:
            assistant = load_assistant(self.path, self._known.edits)
            self._assistant, self.meaning = assistant, self._meaning_of(assistant)
            give_back()
            self.fault = None
            _log.info("knowledge loaded, revision %s", self._assistant.knowledge.revision)
        except (FaqbotError, OSError) as error:
            self.fault = str(error)
            _log.warning("the edited knowledge is not taken, the old one stays:\n%s", error)
