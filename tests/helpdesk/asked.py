"""Exchanges that were not answered well."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from faqbot.store.exchanges import Exchange

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
_numbers = count()


def asked(
    question: str,
    *,
    kind: str = "decline",
    days: float = 1.0,
    conversation: str = "",
    section: str | None = None,
    offered: Sequence[str] = (),
    reply: str = "Xin lỗi, tài liệu chưa nói về điều này.",
) -> Exchange:
    """Return an exchange of some days ago."""
    number = f"{next(_numbers):06}"
    at = NOW - timedelta(days=days)
    return Exchange(
        number, conversation or number, at, "web", question, "vi", kind, section, tuple(offered), 0.3, reply, "r"
    )
