"""Look at all of an installation: each check for itself, and none for ever."""

from collections.abc import Iterator, Mapping, Sequence
from queue import Empty, SimpleQueue
from threading import Thread

from faqbot.doctor.checks import CHECKS
from faqbot.doctor.finding import Check, Finding, Installation, fault, ok
from faqbot.errors import FaqbotError
from faqbot.settings import read_settings
from faqbot.settings.variables import Asked

SECONDS_A_CHECK = 15.0


def installation(environ: Mapping[str, str]) -> Installation:
    """Read an environment, as far as it can be used."""
    asked = Asked(environ)
    settings, faults = read_settings(asked)
    return Installation(settings, environ, faults, frozenset(asked.names))


def examine(
    found: Installation, checks: Sequence[Check] = CHECKS, *, seconds: float = SECONDS_A_CHECK
) -> Iterator[Finding]:
    """Yield what each check finds, in their order.

    :param seconds: How long each may take.
    """
    for check in checks:
        wrong = [name for name in check.needs if name in found.faults]
        if wrong:
            yield ok(check.name, f"not looked at, since {', '.join(wrong)} cannot be used")
        else:
            yield from _looked(check, found, seconds)


def _looked(check: Check, found: Installation, seconds: float) -> Sequence[Finding]:
    results: SimpleQueue[Sequence[Finding]] = SimpleQueue()
    # Some waits, such as for a name to be looked up, take no limit; a thread that nobody waits for ends with us.
    Thread(target=lambda: results.put(_look(check, found)), name=f"check-{check.name}", daemon=True).start()
    try:
        return results.get(timeout=seconds)
    except Empty:
        return [fault(check.name, f"no result after {seconds:g} seconds", "see what it waits for, and look again")]


def _look(check: Check, found: Installation) -> Sequence[Finding]:
    try:
        return list(check.look(found))
    except FaqbotError as error:
        return [fault(check.name, str(error), "put that right, and look again")]
    except Exception as error:
        # Its text may hold a secret; and whatever it is, the other checks are made.
        return [fault(check.name, f"unexpected {type(error).__name__}", "please report it")]
