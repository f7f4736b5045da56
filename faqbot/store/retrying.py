"""How long a notice that did not arrive waits for its next attempt, and how often it is tried."""

from datetime import timedelta

FIRST_DELAY = timedelta(seconds=10)
"""After the first failure; it doubles with each one."""
LONGEST_DELAY = timedelta(hours=2)
LONGEST_TRY = timedelta(days=1)
"""How long a notice is tried before it is dead."""


def delay(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts, from 1 on."""
    doubled: int = 2 ** min(attempts - 1, 20)
    return min(FIRST_DELAY * doubled, LONGEST_DELAY)
