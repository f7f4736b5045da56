"""Where the processes of one server put their numbers together.

This module does not import prometheus_client, which looks for the folder once, while it is imported.
"""

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from faqbot.errors import SettingsError

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder to prometheus_client."""


@contextmanager
def shared_folder(environ: MutableMapping[str, str]) -> Iterator[None]:
    """Let all processes that are forked in this block count together, in a folder that is gone after it.

    A folder that the environment names already is used as it is, and stays.

    :raises SettingsError: if no folder can be made.
    """
    if environ.get(VARIABLE):
        yield
        return
    try:
        folder = TemporaryDirectory(prefix="faqbot-metrics-", ignore_cleanup_errors=True)
    except OSError as error:
        raise SettingsError(
            f"no temporary folder can be made ({error.strerror or error}); the server counts in one: "
            f"set TMPDIR to a folder that can be written, or {VARIABLE} to an empty one"
        ) from error
    with folder as name:
        environ[VARIABLE] = name
        try:
            yield
        finally:
            del environ[VARIABLE]
