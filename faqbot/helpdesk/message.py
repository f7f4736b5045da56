"""The part of a ticket's text that its sender wrote to be answered: no quoted mail, no signature."""

import re
from itertools import takewhile

_QUOTED = re.compile(r"\s*[>|]")
_HISTORY = re.compile(
    r"\s*(?:-{2,}\s*(?:original message|forwarded message|tin nhắn gốc|thư gốc|thư đã chuyển tiếp)\b.*"
    r"|on\b.{4,120}\bwrote:|vào\b.{4,120}\bđã viết:|--|_{8,}|-{8,}|sent from my .{1,40}|được gửi từ .{1,60})\s*",
    re.IGNORECASE,
)
_LINE = 400
"""Characters of a line that are looked at: whatever marks a quotation or a signature is shorter."""


def written(text: str) -> str:
    """Return the lines that were written for this ticket; all of them where none would be left."""
    lines = takewhile(lambda line: not _HISTORY.fullmatch(line[:_LINE]), text.splitlines())
    kept = "\n".join(line for line in lines if not _QUOTED.match(line[:_LINE])).strip()
    return kept or text.strip()
