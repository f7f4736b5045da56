"""The knowledge that workers start with."""

import logging

from faqbot.errors import FaqbotError
from faqbot.settings import Settings
from faqbot.startup import Loaded, load_stamped
from faqbot.store.store import Store

_log = logging.getLogger(__name__)


class Newest:
    """Holds the knowledge in the process from which workers are forked, which then share its memory."""

    def __init__(self, settings: Settings) -> None:
        """Load it.

        :raises KnowledgeError: if it has a fault.
        """
        self._settings = settings
        self.loaded = self._load()

    def reload(self) -> None:
        """Load it again; if it has a fault now, what there is stays."""
        try:
            self.loaded = self._load()
        except (FaqbotError, OSError) as error:
            _log.warning("the knowledge is not loaded again, the old one stays:\n%s", error)

    def _load(self) -> Loaded:
        store = Store(self._settings.store_url())
        try:
            return load_stamped(self._settings.knowledge, store.edits)
        finally:
            store.close()
