"""Is what the operator set understood?"""

import os
import platform
import sys
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from faqbot import __version__
from faqbot.doctor.finding import Finding, Installation, fault, ok, warning
from faqbot.settings.weak_secret import HOW_TO_MAKE, is_easy_to_guess

_OLDEST = (3, 11)
_OURS = "FAQBOT_"
_NEAR = 80.0
"""rapidfuzz ratio, 0 to 100, from which a name is taken for a slip of the pen."""


def program(found: Installation) -> Iterator[Finding]:
    """Which faqbot, on which Python, as which user."""
    about = f"faqbot {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    if sys.version_info < _OLDEST:
        yield fault("program", about, "install Python 3.11 or later")
    elif hasattr(os, "geteuid") and os.geteuid() == 0:
        yield warning(
            "program", f"{about}, as root", "run this, and the server, as a user of its own: root may write everywhere"
        )
    else:
        yield ok("program", about)


def values(found: Installation) -> Iterator[Finding]:
    """Every variable that cannot be used."""
    for name, message in found.faults.items():
        for line in message.splitlines():
            said = line.removeprefix(name).removeprefix(":").strip()
            yield fault(name, said, "the server does not start before this is put right")
    if not found.faults:
        count = len(_set(found))
        yield ok("settings", f"{count} set, and all can be used")


def names(found: Installation) -> Iterator[Finding]:
    """Variables that mean nothing, because of a slip of the pen perhaps."""
    ours = sorted(name for name in found.asked if name.startswith(_OURS))
    for name in _set(found):
        if name in found.asked:
            continue
        near = process.extractOne(name, ours, scorer=fuzz.ratio, score_cutoff=_NEAR)
        advice = f"did you mean {near[0]}?" if near else "see the table of settings in the README, or take it out"
        yield warning(name, "means nothing to faqbot", advice)
    for name in _set(found):
        if f"{name}_FILE" in _set(found):
            yield warning(name, f"is not looked at, since {name}_FILE is set too", f"take {name} out")


def secret_key(found: Installation) -> Iterator[Finding]:
    """The key that signs sessions."""
    settings = found.settings
    if settings.secret_key and is_easy_to_guess(settings.secret_key):
        yield warning(
            "secret key", "easy to guess: it repeats itself, or is of words that stand in examples", HOW_TO_MAKE
        )
    elif settings.secret_key:
        yield ok("secret key", "given, the same wherever it is given")
    elif settings.on_postgresql:
        advice = f"set FAQBOT_SECRET_KEY, or FAQBOT_SECRET_KEY_FILE, the same on every machine; {HOW_TO_MAKE}"
        if settings.replicated:
            yield fault("secret key", "none is given, and each machine would make its own; none starts", advice)
        else:
            yield warning("secret key", "kept in the data folder; a second machine would make its own", advice)
    else:
        yield ok("secret key", "kept in the data folder")


def _set(found: Installation) -> list[str]:
    return sorted(name for name, text in found.environ.items() if name.startswith(_OURS) and text)
