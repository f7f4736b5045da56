"""The fast matcher ranks as the slow one does, which compares a message with every text of the knowledge."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faqbot.assistant import Assistant
from faqbot.bench.noise import raw_telex, typos, without_diacritics
from faqbot.evaluation import read_cases
from faqbot.matching.evidence import gather
from faqbot.matching.model import probabilities
from tests.conftest import CASE_FILES
from tests.matching.exhaustive import Exhaustive

MESSAGES = ("mượn sách bao lâu", "how much is the fine", "muwowjn sachs", "pizza", "borow a bok", "?!", "em bị mất thẻ")
SPOKEN = "sách mượn thẻ gia hạn trả muộn phạt giờ viện không 5 muon book renew fine late open card pizza"
KEYBOARDS: tuple[Callable[[str], str], ...] = (str, without_diacritics, raw_telex, lambda text: typos(text, 2))


def fast(assistant: Assistant, message: str) -> dict[str, float]:
    """What the matcher gives each owner, before it looks for exact matches."""
    index = assistant.matcher.index
    evidence = gather(assistant.read(message), index)
    shares = probabilities(evidence, assistant.matcher.weights).tolist()
    return dict(zip((index.owners[row] for row in evidence.candidates), shares, strict=True))


def judge_of(assistant: Assistant) -> Exhaustive:
    return Exhaustive(assistant.knowledge, assistant.matcher.index, assistant.matcher.weights)


@pytest.fixture(scope="module")
def judge(library: Assistant) -> Exhaustive:
    return judge_of(library)


@pytest.mark.parametrize("message", MESSAGES)
def test_small_knowledge_gets_the_very_same_probabilities(message: str, library: Assistant, judge: Exhaustive) -> None:
    assert fast(library, message) == pytest.approx(judge.probabilities(library.read(message)), abs=1e-9)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(SPOKEN.split(" ")), min_size=1, max_size=8).map(" ".join))
def test_any_words_get_the_same_probabilities_but_for_texts_too_far_off_to_matter(
    library: Assistant, judge: Exhaustive, message: str
) -> None:
    assert fast(library, message) == pytest.approx(judge.probabilities(library.read(message)), abs=1e-2)


def asked() -> list[str]:
    """Questions that a section answers, clean and as keyboards make them."""
    cases = [case for path in CASE_FILES for case in read_cases(path.read_text("utf-8"), "")]
    chosen = Random(1).sample([case.text for case in cases if case.expected], 32)
    return [KEYBOARDS[at % len(KEYBOARDS)](text) for at, text in enumerate(chosen)]


def test_large_knowledge_gets_the_same_first_section_or_one_nearly_as_likely(kvm: Assistant) -> None:
    judge = judge_of(kvm)
    sections = [str(section.key) for section in kvm.knowledge.sections]
    lost = {}
    for message in asked():
        slow, quick = judge.probabilities(kvm.read(message)), fast(kvm, message)
        best, found = max(sections, key=slow.__getitem__), max(sections, key=quick.__getitem__)
        lost[message] = slow[best] - slow[found]
    assert max(lost.values()) < 0.1
    assert sum(loss > 0 for loss in lost.values()) <= 1
