"""What every command about the store begins with."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from faqbot.settings import Settings

if TYPE_CHECKING:
    from faqbot.store.store import Store

ACTOR = "command line"
"""Who the audit says it was."""


def settings() -> Settings:
    """Return the settings of the environment.

    :raises SettingsError: if a value cannot be used.
    """
    return Settings.from_environ(os.environ)


@contextmanager
def open_store() -> Iterator["Store"]:
    """Open the store that the environment names, until the block ends.

    :raises SettingsError: as ``settings`` does.
    """
    from faqbot.store.store import Store

    with closing(Store(settings().store_url())) as store:
        yield store
