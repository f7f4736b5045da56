"""What was worked out before is said again, and only as long as it is still right."""

import gc
import weakref
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faqbot.answers import SECONDS_WITH_MEANING, Answers
from faqbot.assistant import LONGEST_MESSAGE, Assistant, Question
from faqbot.errors import QuestionError
from faqbot.knowledge.loader import load
from faqbot.matching.matcher import Ranking
from faqbot.reply import Conversation, Reply
from tests.conftest import DATA
from tests.store.making import at_once

WORDS = (
    *("sách", "mượn", "thẻ", "the", "2", "còn", "thế", "more", "book", "renew", "FINE", "late", "open", "Sunday"),
    *("pizza", "hi", "người", "đầu", "tiên"),
)
MESSAGES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
OPEN = "are you open on Sunday"


class Counting(Assistant):
    """Counts how often it has to think."""

    thought = 0

    def ask(self, question: Question, ranking: Ranking | None = None) -> Reply:
        self.thought += 1
        return super().ask(question, ranking)


@pytest.fixture
def counting() -> Counting:
    return Counting(load(DATA / "library"))


@pytest.fixture(scope="module")
def answers() -> Answers:
    """Shared by all examples of a law, so that later ones meet what earlier ones left."""
    return Answers()


def named(conversation: Conversation, name: str) -> Conversation:
    return Conversation(conversation.language, conversation.section, conversation.clarified, conversation.offered, name)


def asked(answers: Answers, assistant: Assistant, *messages: str) -> Sequence[Reply]:
    return [answers.reply(assistant, Question(message)) for message in messages]


@settings(max_examples=60)
@given(
    talk=st.lists(MESSAGES, min_size=1, max_size=3),
    language=st.sampled_from([None, "vi", "en"]),
    public_only=st.booleans(),
    name=st.text(max_size=3),
)
def test_a_conversation_goes_on_as_if_nothing_were_remembered(
    library: Assistant, answers: Answers, talk: list[str], language: str | None, public_only: bool, name: str
) -> None:
    conversation: Conversation | None = None
    for message in talk:
        question = Question(message, language, conversation, public_only)
        reply = answers.reply(library, question)
        assert reply == library.ask(question)
        conversation = named(reply.conversation, name)


@pytest.mark.parametrize("alike", [f"  {OPEN}\n", OPEN.replace(" ", "   "), f"{OPEN}\u200b"])
def test_what_reads_alike_is_worked_out_once(counting: Counting, alike: str) -> None:
    first, second = asked(Answers(), counting, OPEN, alike)
    assert (first, counting.thought) == (second, 1)


def test_what_may_read_otherwise_is_worked_out_again(counting: Counting) -> None:
    answers = Answers()
    for question in (Question(OPEN), Question(OPEN, "vi"), Question(OPEN, public_only=True), Question(f"{OPEN}?")):
        answers.reply(counting, question)
    answers.reply(counting, Question(OPEN, conversation=Conversation("en", counting.knowledge.sections[0].key)))
    assert counting.thought == 5


def test_whoever_talks_gets_what_others_got_in_the_same_place(counting: Counting) -> None:
    answers = Answers()
    for name in ("one", "another"):
        answers.reply(counting, Question(OPEN, conversation=Conversation("en", id=name)))
    assert counting.thought == 1


def test_new_knowledge_answers_for_itself(counting: Counting) -> None:
    answers, newer = Answers(), Counting(load(DATA / "library"))
    for assistant in (counting, newer, counting, newer):
        answers.reply(assistant, Question(OPEN))
    assert (counting.thought, newer.thought) == (1, 1)


def test_replies_go_with_their_knowledge() -> None:
    answers, assistant = Answers(), Assistant(load(DATA / "library"))
    asked(answers, assistant, OPEN)
    gone = weakref.ref(assistant)
    del assistant
    gc.collect()
    assert gone() is None


def test_what_was_not_asked_for_the_longest_goes_first(counting: Counting) -> None:
    answers = Answers(largest=20_000)
    asked(answers, counting, OPEN, *WORDS)
    assert counting.thought == 1 + len(WORDS)
    asked(answers, counting, WORDS[-1])
    assert counting.thought == 1 + len(WORDS)
    asked(answers, counting, OPEN)
    assert counting.thought == 2 + len(WORDS)


def test_what_is_too_large_is_not_kept(counting: Counting) -> None:
    asked(Answers(largest=100), counting, OPEN, OPEN)
    assert counting.thought == 2


def test_where_meaning_counts_a_reply_is_kept_for_a_minute(counting: Counting) -> None:
    now = 0.0
    answers = Answers(clock=lambda: now)
    counting.matcher.meaning = lambda message: None
    asked(answers, counting, OPEN, OPEN)
    assert counting.thought == 1
    now += SECONDS_WITH_MEANING
    asked(answers, counting, OPEN)
    assert counting.thought == 2


@pytest.mark.parametrize("message", ["", " \n", "a" * (LONGEST_MESSAGE + 1), f"are you{' ' * LONGEST_MESSAGE}open"])
def test_what_is_refused_is_refused_each_time(counting: Counting, message: str) -> None:
    answers = Answers()
    asked(answers, counting, "are you open")
    for _ in range(2):
        with pytest.raises(QuestionError):
            answers.reply(counting, Question(message))


def test_many_who_ask_at_once_wait_for_the_first(counting: Counting) -> None:
    answers = Answers()
    replies = at_once(8, lambda number: answers.reply(counting, Question(OPEN)))
    assert counting.thought == 1
    assert list(replies) == [counting.ask(Question(OPEN))] * 8
