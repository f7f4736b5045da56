"""What is done with the text of strangers takes even time, whatever they write."""

import random
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from faqbot.assistant import LONGEST_MESSAGE, Assistant, Question
from faqbot.channels import slack_text, text
from faqbot.helpdesk import gaps, message
from faqbot.language.clean import clean
from faqbot.language.fold import fold, split_tone
from faqbot.language.segments import segments
from faqbot.language.token import tokens
from faqbot.language.vi import telex, vni
from faqbot.redaction import redact
from tests.growth import EVEN, growth

FUNCTIONS: dict[str, Callable[[str], object]] = {
    "clean": clean,
    "fold": fold,
    "split_tone": split_tone,
    "tokens": tokens,
    "segments": segments,
    "telex": telex.decode,
    "vni": vni.decode,
    "redact": redact,
    "written": message.written,
    "folded": gaps.folded,
    "slack": slack_text.plain,
    "escape": slack_text.escape,
    "without_trigger": lambda said: text.without_trigger(said, "faq"),
    "without_mention": text.without_mention,
    "quiet": text.quiet,
}
PIECES = [
    *("a", "w", "aw", "d9", "đ", "1", "1.", "1 ", "a ", "ạ ", " ", "\n", "\r\n", "a\n", "?", "? ", ", ", " và ", ",\n"),
    *("a?", "là gì, ", "a-", "a_", "a.", "a@", "a@a.", "@", "@**", "<", "<@", "<a|", "&lt;", "&amp;", "(", "[", "> "),
    *(
        "-- ",
        "--\n",
        "on a wrote:\n",
        "mk ",
        "mk: ",
        "pass là ",
        "sk-",
        "0912 ",
        "\u0301",
        "a\u0301",
        "\u200b",
        "\ud800",
    ),
    *("🎉", "ﷺ", "İ", "ß", "e\u0323\u0302", "\u1100\u1161", "thanks,\n", "em chào anh chị "),
]
"""Of which texts of the worst kinds are made."""


def repeated(pieces: list[str], length: int) -> str:
    piece = "".join(pieces)
    return (piece * (length // len(piece) + 1))[:length]


def growth_of(name: str, pieces: list[str]) -> float:
    return growth(FUNCTIONS[name], partial(repeated, pieces))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_time_grows_evenly_with_the_text(name: str) -> None:
    @settings(max_examples=10, derandomize=True, phases=[Phase.generate])
    @given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=4))
    def law(pieces: list[str]) -> None:
        assert growth_of(name, pieces) <= EVEN

    for piece in PIECES:
        assert growth_of(name, [piece]) <= EVEN
    law()


def worst_messages(count: int) -> Iterator[str]:
    """Make messages as long as they may be: one kind of writing repeated, or words that nobody has typed before."""
    chance = random.Random(7)
    kinds = [*PIECES, "kvm ", "bao nhiêu ram? ", "windows và linux, ", "maychu "]
    for _ in range(count):
        new = ["".join(chance.choices("abcdeghiklmnopqrstuvxyđâưạ", k=chance.randint(1, 12))) for _ in range(400)]
        some = chance.choice([chance.choices(kinds, k=chance.randint(1, 4)), [" ".join(new)], [*new[:2], " "]])
        yield repeated(some, LONGEST_MESSAGE).strip() or "?"


@pytest.mark.timing
def test_no_message_takes_longer_than_200_ms(kvm: Assistant) -> None:
    took: list[tuple[float, str]] = []
    for said in worst_messages(300):
        began = time.thread_time()
        kvm.ask(Question(said))
        took.append((time.thread_time() - began, said))
    took.sort()
    percentile, (slowest, text) = took[len(took) * 99 // 100][0], took[-1]
    print(f"99th percentile {percentile * 1000:.0f} ms, slowest {slowest * 1000:.0f} ms: {text[:40]!r}")
    assert slowest < 0.2
