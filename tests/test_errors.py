"""The errors of faqbot and how they read."""

from itertools import permutations

import pytest

from faqbot.errors import EvaluationError, FaqbotError, Fault, KnowledgeError, QuestionError, SettingsError

LATER = Fault("b.yaml", 1, "warning", "is not used")
TENTH = Fault("a.md", 10, "error", "is empty")
SECOND = Fault("a.md", 2, "error", "is empty")


@pytest.mark.parametrize("kind", [SettingsError, QuestionError, EvaluationError])
def test_one_handler_catches_every_error(kind: type[FaqbotError]) -> None:
    with pytest.raises(FaqbotError, match=r"^what went wrong$"):
        raise kind("what went wrong")


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        (Fault("guide/vi.md", 12, "error", "is empty"), "guide/vi.md:12: error: is empty"),
        (Fault("extra.yaml", 0, "warning", "is not used"), "extra.yaml: warning: is not used"),
    ],
)
def test_fault_says_where_how_bad_and_what(fault: Fault, text: str) -> None:
    assert str(fault) == text


@pytest.mark.parametrize("faults", [*permutations([LATER, TENTH, SECOND])])
def test_knowledge_error_lists_its_faults_by_file_and_line(faults: tuple[Fault, ...]) -> None:
    error = KnowledgeError(faults)
    assert error.faults == (SECOND, TENTH, LATER)
    assert str(error).splitlines() == [str(SECOND), str(TENTH), str(LATER)]


def test_knowledge_error_is_an_error_of_faqbot() -> None:
    with pytest.raises(FaqbotError, match=r"a\.md:2: error: is empty"):
        raise KnowledgeError([SECOND])
