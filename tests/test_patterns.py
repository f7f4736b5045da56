"""No regular expression takes more than even time, whatever text it is given: 64 KiB of the worst kinds."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pkgutil import walk_packages

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import faqbot
from faqbot.language import segments
from tests.growth import EVEN, LENGTHS, growth, seconds

NOT_OF_USERS = {
    "faqbot.helpdesk.message._HISTORY": "sees the first 400 characters of a line",
    "faqbot.knowledge.documents._NAME": "names of the operator's files",
    "faqbot.outgoing.mail_address._ADDRESS": "sees at most 254 characters",
    "faqbot.reply.quotation._MARKED": "HTML that faqbot made, in which every such element is closed",
    "faqbot.settings.values._ORIGIN": "the operator's settings",
    "faqbot.settings.values._RATE": "the operator's settings",
    "faqbot.web.helpdesk.deeds._DAYS": "a line of the audit, which faqbot wrote, as a whole",
    "faqbot.web.helpdesk.deeds._PURGED": "a line of the audit, which faqbot wrote, as a whole",
    "faqbot.web.helpdesk.deeds._STEP": "a line of the audit, which faqbot wrote, as a whole",
    "faqbot.web.widget.script._COMMENTS": "our own script",
    "faqbot.web.widget.script._SPACES": "our own script",
}
"""Patterns that get no text of any length that somebody else wrote, and what they get."""
PIECES = ("a", "1", " ", "\n", "a ", "1 ", "a1", "a.", "1.", "a-", "a@", "@", "@a.", "<", "(", "[", "{", "''", "\u0301")
LONGEST_PIECE = 200
MILLISECONDS = 50

Text = tuple[str, str, str]
"""Its beginning, what is repeated, and its end."""


def everywhere(pattern: re.Pattern[str], text: str) -> None:
    deque(pattern.finditer(text), maxlen=0)


USES: tuple[Callable[[re.Pattern[str], str], object], ...] = (everywhere, re.Pattern.match, re.Pattern.fullmatch)
"""How the code looks for patterns."""


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield every pattern of the package by its name."""
    for module in walk_packages(faqbot.__path__, "faqbot."):
        if not module.name.startswith(("faqbot.store.migrations", "faqbot.bench")):
            found = vars(import_module(module.name)).items()
            yield from ((f"{module.name}.{name}", value) for name, value in found if isinstance(value, re.Pattern))
    yield "faqbot.language.segments._joiner", segments._joiner()


PATTERNS = {name: pattern for name, pattern in patterns() if name not in NOT_OF_USERS}


def use(pattern: re.Pattern[str], text: str) -> None:
    """Look for a pattern in every way."""
    for look in USES:
        look(pattern, text)


def filled(head: str, piece: str, tail: str, length: int) -> str:
    repeated = piece * (length // len(piece) + 1)
    return f"{head}{repeated[: length - len(head) - len(tail)]}{tail}"


def near_matches(pattern: re.Pattern[str]) -> st.SearchStrategy[str]:
    """Give texts that hold a match, and their beginnings, which may nearly do."""
    holding = st.from_regex(pattern).map(lambda text: text[:LONGEST_PIECE])
    return st.one_of(holding, st.builds(lambda text: text[: len(text) // 2], holding)).filter(bool)


def worst_texts(pattern: re.Pattern[str]) -> st.SearchStrategy[Text]:
    near = near_matches(pattern)
    return st.tuples(st.just("") | near, near | st.sampled_from(PIECES), st.sampled_from(["", "!", "\n", "\0"]))


def growth_of(pattern: re.Pattern[str], parts: Text) -> float:
    return growth(partial(use, pattern), lambda length: filled(*parts, length))


@pytest.mark.parametrize("name", PATTERNS)
def test_time_grows_evenly_with_the_text(name: str) -> None:
    pattern = PATTERNS[name]

    @settings(max_examples=15, derandomize=True, phases=[Phase.generate])
    @given(worst_texts(pattern))
    def law(parts: Text) -> None:
        assert growth_of(pattern, parts) <= EVEN

    for piece in PIECES:
        assert growth_of(pattern, ("", piece, "!")) <= EVEN
    law()


def test_every_exception_is_still_one() -> None:
    assert set(NOT_OF_USERS) <= {name for name, _ in patterns()}


@pytest.mark.timing
@pytest.mark.parametrize("name", PATTERNS)
def test_the_worst_64_kib_take_less_than_50_ms(name: str) -> None:
    pattern = PATTERNS[name]

    @settings(max_examples=200, phases=[Phase.generate])
    @given(worst_texts(pattern), st.sampled_from(USES))
    def law(parts: Text, look: Callable[[re.Pattern[str], str], object]) -> None:
        assert seconds(partial(look, pattern), filled(*parts, LENGTHS[-1])) * 1000 < MILLISECONDS

    law()
