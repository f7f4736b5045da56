"""The part of a ticket's text that its sender wrote to be answered: no greeting, no signature, no quoted mail."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import takewhile

from faqbot.language.pack import LANGUAGES
from faqbot.language.phrases import PhraseTable
from faqbot.language.token import Token, tokens
from faqbot.yaml_file import read_plain

_QUOTED = (">", "|")
_HISTORY = re.compile(
    r"\s*(?:-{2,} ?(?:original message|forwarded message|tin nhắn gốc|thư gốc|thư đã chuyển tiếp)\b.*"
    r"|on\b.{4,120}\bwrote:|vào\b.{4,120}\bđã viết:|-{2}|_{8,}|-{8,}|sent from my .{1,40}|được gửi từ .{1,60})\s*",
    re.IGNORECASE,
)
_LONGEST_LINE = 400
"""Characters of a line that are looked at: whatever marks a quotation or a signature is shorter."""
_WORDS_OF_A_GREETING = 9
_LINES_BEFORE_A_CLOSING = 1


def written(text: str) -> str:
    """Return the lines that were written for this ticket; all of them where none would be left."""
    own = takewhile(lambda line: not _HISTORY.fullmatch(line[:_LONGEST_LINE]), text.splitlines())
    kept = [line for line in own if line.strip() and not line.lstrip().startswith(_QUOTED)]
    return "\n".join(_body(kept)).strip() or text.strip()


def without_pleas(row: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the words without phrases such as "need help", which every ticket could have."""
    covered = {at for found in _phrases("pleas").all_in(row) for at in range(found.start, found.end)}
    return tuple(word for at, word in enumerate(row) if at not in covered)


def _body(lines: list[str]) -> Iterator[str]:
    """Yield the lines between the greeting and the closing."""
    for at, line in enumerate(lines):
        row = tokens(line[:_LONGEST_LINE])
        short = len(row) <= _WORDS_OF_A_GREETING and "?" not in line
        if at > _LINES_BEFORE_A_CLOSING and short and _phrases("closings").at(row, 0):
            return
        if not (at == 0 and short and _phrases("salutations").at(row, 0)):
            yield line


@cache
def _phrases(kind: str) -> PhraseTable[str]:
    texts = (files("faqbot.language").joinpath(code).joinpath("letters.yaml").read_text("utf-8") for code in LANGUAGES)
    return PhraseTable.of(phrase for text in texts for phrase in read_plain(text)[kind])
