"""Where the processes of one server put their numbers together.

This module does not import prometheus_client, which looks for the folder once, while it is imported.
"""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from faqbot.errors import SettingsError

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder to prometheus_client."""


@contextmanager
def shared_folder(environ: MutableMapping[str, str], data: Path) -> Iterator[None]:
    """Let all processes that are forked in this block count together, in a folder that is gone after it.

    A folder that the environment names already is used as it is, and stays.

    :param data: Where the folder is made if there is no place for temporary ones.
    :raises SettingsError: if no folder can be made.
    """
    if environ.get(VARIABLE):
        yield
        return
    with _folder_in(None, data) as name:
        environ[VARIABLE] = name
        try:
            yield
        finally:
            del environ[VARIABLE]


def _folder_in(*places: Path | None) -> "TemporaryDirectory[str]":
    """Make a folder in the first of these places where that can be done; None is the system's place for them."""
    faults: list[OSError] = []
    for place in places:
        try:
            if place is not None:
                place.mkdir(parents=True, exist_ok=True)
            return TemporaryDirectory(prefix="faqbot-metrics-", dir=place, ignore_cleanup_errors=True)
        except OSError as error:
            faults.append(error)
    raise SettingsError(
        f"no temporary folder can be made ({faults[0].strerror or faults[0]}); the server counts in one: "
        f"set TMPDIR to a folder that can be written, or {VARIABLE} to an empty one"
    ) from faults[0]
