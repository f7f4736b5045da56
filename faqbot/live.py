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
from faqbot.startup import Loaded, add_meaning, load_assistant, load_stamped

_log = logging.getLogger(__name__)

SECONDS_BETWEEN_LOOKS = 2.0
SECONDS_TO_WAIT = 1.5
"""For an edit to load, by the request that sees it first; after that it answers from the old knowledge too."""


class LiveAssistant:
    """Holds the newest assistant that could be loaded.

    A request looks at the files at most every two seconds. If they changed, a thread loads them, and that request waits
    for it, but not for long; the others answer as before.
    knowledge with a fault is not taken: the old one stays, and ``fault`` says why.

    It starts from ``loaded``, if that is given, and takes over what was edited since.
    """

    def __init__(
        self,
        knowledge: Path,
        *,
        loaded: Loaded | None = None,
        embeddings_url: str | None = None,
        embeddings_model: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._knowledge = knowledge
        self._embeddings_url = embeddings_url
        self._embeddings_model = embeddings_model
        self._clock = clock
        first = loaded or load_stamped(knowledge)
        self._stamp = first.stamp
        self._assistant, self.meaning = first.assistant, self._meaning_of(first.assistant)
        self._looked = clock()
        self._lock = threading.Lock()
        self._loader: threading.Thread | None = None
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

    def _look(self) -> None:
        if self._loader is not None and self._loader.is_alive():
            return
        newest = stamp(self._knowledge)
        if newest != self._stamp:
            self._stamp = newest
            self._loader = threading.Thread(target=self._load, name="knowledge-loader", daemon=True)
            self._loader.start()
            self._loader.join(SECONDS_TO_WAIT)

    def _meaning_of(self, assistant: Assistant) -> Meaning | None:
        return add_meaning(assistant, self._embeddings_url, self._embeddings_model)

    def _load(self) -> None:
        try:
            assistant = load_assistant(self._knowledge)
            self._assistant, self.meaning = assistant, self._meaning_of(assistant)
            self.fault = None
            _log.info("knowledge loaded, revision %s", self._assistant.knowledge.revision)
        except (FaqbotError, OSError) as error:
            self.fault = str(error)
            _log.warning("the edited knowledge is not taken, the old one stays:\n%s", error)
