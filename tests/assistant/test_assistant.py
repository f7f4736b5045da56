"""One call answers every message: with a section, a question back, an honest decline, or small talk."""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.assistant import LONGEST_MESSAGE, Assistant, Question, reply_language
from faqbot.assistant.several_questions import MOST_ANSWERS
from faqbot.decision import MOST_SUGGESTIONS, Kind
from faqbot.errors import QuestionError
from faqbot.evaluation import read_cases
from faqbot.knowledge.loader import load
from faqbot.knowledge.model import SectionKey
from faqbot.language.fold import fold
from faqbot.language.pack import LANGUAGES, language_pack
from faqbot.matching.calibration import DEFAULT, Calibration, Thresholds
from faqbot.reply import Conversation, Reply
from tests.conftest import CASE_FILES, DATA

HOURS, LOANS, RENEWAL, FINES = (SectionKey("guide", name) for name in ("hours", "loans", "renewal", "fines"))
AFTER_FINES = Conversation("vi", FINES)
PERHAPS = {code: language_pack(code).say("perhaps") for code in LANGUAGES}

_UNSAFE = re.compile(r"<(?!/?(?:p|ul|li|h3|mark)>)")
_TONE_ON_LAST = re.compile(r"(?<![qQ])(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])\b")

SPOKEN = (
    "sách mượn thẻ gia hạn trả muộn phạt mấy giờ thư viện còn thì sao không ạ cho em hỏi muonwj sach1 tra tre "
    "book renew fine late open what about how long card please why 5 14 <b> </script> & \" ' ? ! … 🎉 👋 \u200b \0"
)
texts = st.one_of(
    st.text(st.characters(), max_size=60),
    st.lists(st.sampled_from(SPOKEN.split(" ")), max_size=10).map(" ".join),
)
conversations = st.none() | st.builds(
    Conversation,
    st.sampled_from(LANGUAGES),
    st.none() | st.sampled_from([HOURS, LOANS, RENEWAL, FINES, SectionKey("guide", "gone")]),
    st.booleans(),
)
questions = st.builds(Question, texts, st.none() | st.sampled_from(LANGUAGES), conversations)


def old_tone(text: str) -> str:
    """Put tone marks where older spelling has them: ``hoà`` becomes ``hòa``."""
    return _TONE_ON_LAST.sub(lambda found: _moved(found[0]), text)


def _moved(vowels: str) -> str:
    letters = unicodedata.normalize("NFD", vowels)
    return unicodedata.normalize("NFC", letters[0] + letters[2] + letters[1])


def in_nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def asked(assistant: Assistant, text: str, before: Conversation | None = None, language: str | None = None) -> Reply:
    return assistant.ask(Question(text, language, before))


def found(assistant: Assistant, text: str) -> tuple[Kind, SectionKey | None, SectionKey]:
    """What a law says must not change: the kind of reply, its section, and the section that is ranked first."""
    reply = asked(assistant, text)
    return reply.kind, reply.section, assistant.search(text).matches[0].section.key


def phrases(assistant: Assistant) -> list[str]:
    """Every phrase of small talk that has words."""
    worded = [phrase for kind in assistant.knowledge.small_talk for _, phrase in kind.phrases]
    return [phrase for phrase in worded if any(letter.isalpha() for letter in phrase)]


def with_thresholds(assistant: Assistant, *, answer: float, clarify: float) -> Assistant:
    return Assistant(assistant.knowledge, Calibration(DEFAULT.weights, Thresholds(answer, clarify)))


@pytest.fixture(scope="module")
def unsure(library: Assistant) -> Assistant:
    """An assistant for the library that asks back whenever it may."""
    return with_thresholds(library, answer=1.0, clarify=0.0)


@pytest.fixture(scope="module")
def reluctant(library: Assistant) -> Assistant:
    """An assistant for the library that declines every question."""
    return with_thresholds(library, answer=1.0, clarify=1.0)


def changed(folder: Path, name: str, change: Callable[[str], str]) -> Assistant:
    """An assistant for a copy of the library in which one file is changed."""
    file = folder / name
    file.write_text(change(file.read_text("utf-8")), "utf-8")
    return Assistant(load(folder))


# Answers


@pytest.mark.parametrize(
    ("text", "section", "passage"),
    [
        ("chủ nhật có mở cửa không", HOURS, "Chủ nhật thư viện nghỉ."),
        ("Thư viện mở cửa lúc mấy giờ vậy ạ?", HOURS, "Thư viện mở cửa từ 7 giờ đến 20 giờ, từ thứ Hai đến thứ Bảy."),
        ("tra sach tre bi phat bao nhieu", FINES, "Sách trả muộn bị phạt 2.000 đồng mỗi ngày."),
        ("mượn được mấy cuốn sách", LOANS, "Mỗi lần mượn tối đa 5 cuốn."),
        ("how long may I keep the book?", LOANS, "The loan period is 14 days."),
        ("RENEW A BOOK", RENEWAL, "You may renew a loan once, for 7 more days."),
    ],
)
def test_question_is_answered_with_its_section_and_passage(
    text: str, section: SectionKey, passage: str, library: Assistant
) -> None:
    reply = asked(library, text)
    assert (reply.kind, reply.section, reply.passage) == (Kind.ANSWER, section, passage)


def test_every_stored_question_is_answered_by_its_section(library: Assistant) -> None:
    stored = [question for question in library.knowledge.questions if question.owner.startswith("guide/")]
    missed = [question.text for question in stored if str(asked(library, question.text).section) != question.owner]
    assert len(stored) > 40
    assert missed == []


def test_passage_is_in_the_section_and_in_the_document_word_for_word(library: Assistant) -> None:
    documents = {code: (DATA / f"library/guide/library.{code}.md").read_text("utf-8") for code in LANGUAGES}
    replies = [asked(library, question.text) for question in library.knowledge.questions]
    quoted = [(reply.section, reply.language, reply.passage) for reply in replies if reply.section and reply.passage]
    assert {key for key, _, _ in quoted} == {HOURS, LOANS, RENEWAL, FINES}
    assert [each for key, code, each in quoted if each not in documents[code]] == []
    assert [each for key, code, each in quoted if each not in library.knowledge.by_key[key].texts[code].text] == []


def test_answer_has_the_whole_section_and_marks_the_passage(library: Assistant) -> None:
    reply = asked(library, "when do I have to bring it back")
    section = library.knowledge.by_key[LOANS].texts["en"]
    assert reply.text == f"The loan period is 14 days.\n\n{section.title}\n{section.text}"
    assert "<mark>The loan period is 14 days.</mark>" in reply.html


def test_answer_offers_related_sections(library: Assistant) -> None:
    reply = asked(library, "được mượn mấy cuốn một lúc")
    assert [(each.key, each.title) for each in reply.suggestions] == [(RENEWAL, "Gia hạn"), (FINES, "Trả muộn")]


def test_answer_is_as_sure_as_the_search(library: Assistant) -> None:
    best = library.search("tiền phạt").matches[0]
    reply = asked(library, "tiền phạt")
    assert (reply.section, reply.confidence) == (best.section.key, best.confidence)


@pytest.mark.parametrize("text", ["còn mượn sách?", "thẻ", "mỗi ngày"])
def test_search_in_a_conversation_ranks_as_the_reply_does(text: str, library: Assistant) -> None:
    best = library.search(text, AFTER_FINES).matches[0]
    reply = asked(library, text, AFTER_FINES)
    assert best.confidence != library.search(text).matches[0].confidence
    assert best.confidence == (reply.confidence if reply.kind is Kind.ANSWER else reply.suggestions[0].confidence)


# Several questions in one message


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("mượn được bao lâu và trả trễ bị phạt bao nhiêu?", ["Hạn mượn là 14 ngày.", "Sách trả muộn bị phạt"]),
        ("How long can I keep a book, and what is the fine?", ["The loan period is 14 days.", "Books returned late"]),
        ("When does the library open? How much is the fine?", ["The library is open from", "Books returned late"]),
    ],
)
def test_two_questions_get_two_answers_in_their_order(text: str, passages: list[str], library: Assistant) -> None:
    reply = asked(library, text)
    first, second = (reply.text.index(passage) for passage in passages)
    assert (reply.kind, first) == (Kind.ANSWER, 0)
    assert first < second
    assert (reply.passage or "").startswith(passages[0])


def test_one_message_gets_at_most_three_answers(library: Assistant) -> None:
    text = "thư viện mở cửa lúc mấy giờ, mượn được mấy cuốn, trả muộn phạt bao nhiêu, gia hạn được mấy lần?"
    reply = asked(library, text)
    assert MOST_ANSWERS == 3
    assert [reply.section, *(each.key for each in reply.suggestions if each.confidence)] == [HOURS, LOANS, FINES]


def test_two_questions_about_one_section_get_one_answer(library: Assistant) -> None:
    reply = asked(library, "mấy giờ thư viện mở cửa? thư viện đóng cửa lúc nào?")
    assert reply.section == HOURS
    assert reply.text.count("\nThư viện mở cửa") == 1


def test_long_message_is_answered_by_its_only_question(library: Assistant) -> None:
    careful = with_thresholds(library, answer=0.9, clarify=0.25)
    text = "Tối qua em về khuya. Sáng nay em đóng cửa phòng. Em mượn xe của bạn. Gia hạn sách thế nào?"
    assert careful.search(text).matches[0].confidence < 0.9
    assert asked(careful, text).section == RENEWAL


# Language


@pytest.mark.parametrize(
    ("text", "chosen", "last", "language"),
    [
        ("quá hạn thì đóng bao nhiêu tiền", None, None, "vi"),
        ("how much is the fine", None, None, "en"),
        ("how much is the fine", None, "vi", "en"),
        ("tien phat moi ngay", None, "en", "vi"),
        ("how much is the fine", "vi", "en", "vi"),
        ("quá hạn thì đóng bao nhiêu tiền", "en", "vi", "en"),
        ("🎉", None, "en", "en"),
        ("🎉", None, "vi", "vi"),
        ("🎉", "en", "vi", "en"),
        ("🎉", None, None, "vi"),
        ("hello", "vi", None, "vi"),
        ("em bị mất thẻ", "en", None, "en"),
    ],
)
def test_language_is_the_chosen_one_or_the_message_s_or_the_last_or_vietnamese(
    text: str, chosen: str | None, last: str | None, language: str, library: Assistant
) -> None:
    before = Conversation(last) if last else None
    reply = asked(library, text, before, chosen)
    assert (reply.language, reply.conversation.language) == (language, language)
    assert reply_language(library.read(text).language, Question(text, chosen, before)) == language


def test_passage_and_title_are_in_the_chosen_language(library: Assistant) -> None:
    reply = asked(library, "hạn mượn là bao lâu", language="en")
    assert (reply.title, reply.passage) == ("Borrowing books", "The loan period is 14 days.")


def test_section_missing_in_a_language_is_answered_in_the_other_with_a_notice(library_folder: Path) -> None:
    assistant = changed(library_folder, "guide/library.en.md", lambda text: text.split("## Late returns")[0])
    reply = asked(assistant, "overdue fee")
    notice = language_pack("en").say("other_language", language="English", other="Vietnamese")
    assert reply.text.startswith(f"{notice}\n\nSách trả muộn bị phạt 2.000 đồng mỗi ngày.\n\nTrả muộn\n")
    assert (reply.section, reply.language, reply.title) == (FINES, "en", "Trả muộn")


def test_section_missing_in_one_language_needs_no_notice_in_the_other(library_folder: Path) -> None:
    assistant = changed(library_folder, "guide/library.en.md", lambda text: text.split("## Late returns")[0])
    assert asked(assistant, "overdue fee", language="vi").text.startswith("Sách trả muộn bị phạt")


def test_topic_and_small_talk_in_one_language_speak_that_one(library_folder: Path) -> None:
    changed(library_folder, "small-talk.yaml", lambda text: re.sub(r"\n    en: \"Hello.*", "", text))
    assistant = changed(
        library_folder, "guide/not-covered.yaml", lambda text: re.sub(r"\n    en: \"Printing is.*", "", text)
    )
    assert asked(assistant, "hello").text == "Chào bạn! Bạn cần tìm gì trong nội quy thư viện?"
    assert asked(assistant, "is there a printer").text.startswith("Tài liệu chưa có thông tin về in ấn.")


# Small talk


@pytest.mark.parametrize(
    "text",
    [
        "xin chào",
        "Xin chào!",
        "xin chao",
        "CHÀO BẠN",
        "xin chào 👋",
        "👋 chào bạn",
        "👋",
        " 👋 ",
        "👋👋👋",
        "👋🏽",
        "Xin chào ạ",
        "dạ chào bạn ạ",
        "hello",
        "Hello!!! 😀",
        "Good morning 👋",
        "hello, good morning",
        "hello bot",
    ],
)
def test_greeting_is_greeted_back(text: str, library: Assistant) -> None:
    reply = asked(library, text, language="vi")
    assert (reply.kind, reply.text) == (Kind.SMALL_TALK, "Chào bạn! Bạn cần tìm gì trong nội quy thư viện?")
    assert (reply.section, reply.confidence, reply.suggestions) == (None, 1.0, ())


@pytest.mark.parametrize("form", ["{}", "{}!", "{}!!! 😀", "😊 {}", "{} ạ", "dạ {}", "{} please"])
def test_every_phrase_of_small_talk_stays_that_beside_emoji_and_courtesy(form: str, kvm: Assistant) -> None:
    assert [text for text in phrases(kvm) if asked(kvm, form.format(text)).kind is not Kind.SMALL_TALK] == []


@pytest.mark.parametrize("typed", [str.upper, str.capitalize, in_nfd])
def test_every_phrase_of_small_talk_stays_that_however_it_is_typed(typed: Callable[[str], str], kvm: Assistant) -> None:
    assert [text for text in phrases(kvm) if asked(kvm, typed(text)).kind is not Kind.SMALL_TALK] == []


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("xin chào, mượn được bao lâu?", LOANS),
        ("Chào bạn 👋 chủ nhật có mở cửa không ạ", HOURS),
        ("👋 tiền phạt mỗi ngày", FINES),
        ("Hello, how much is the fine?", FINES),
        ("good morning! renew a book please", RENEWAL),
    ],
)
def test_greeting_before_a_question_is_a_question(text: str, section: SectionKey, library: Assistant) -> None:
    reply = asked(library, text)
    assert (reply.kind, reply.section) == (Kind.ANSWER, section)


# Messages that cannot be asked, or say nothing


@pytest.mark.parametrize("text", ["", " ", "\n\t \r\n", "\u3000\u00a0"])
def test_empty_message_is_refused(text: str, library: Assistant) -> None:
    for call in (library.search, library.read, lambda text: asked(library, text)):
        with pytest.raises(QuestionError, match="empty"):
            call(text)


def test_too_long_message_is_refused(library: Assistant) -> None:
    with pytest.raises(QuestionError, match="2,001 characters; at most 2,000"):
        asked(library, "s" * (LONGEST_MESSAGE + 1))


def test_longest_message_counts_after_trimming(library: Assistant) -> None:
    question = "tiền phạt mỗi ngày".ljust(LONGEST_MESSAGE - 1, ".") + "?"
    assert asked(library, f"\n  {question}  \n").section == FINES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["🎉", "🎉🤖 🎉", "?!", "…", "-- // --", "<>", "\u200b", "\ud800"])
def test_only_emoji_or_punctuation_is_politely_not_understood(text: str, language: str, library: Assistant) -> None:
    reply = asked(library, text, AFTER_FINES, language)
    assert (reply.kind, reply.text) == (Kind.DECLINE, language_pack(language).say("decline_unclear"))
    assert (reply.suggestions, reply.conversation) == ((), Conversation(language, FINES))


# Declines and clarifications


@pytest.mark.parametrize(
    ("text", "language"),
    [("em bị mất thẻ", "vi"), ("Làm lại thẻ sinh viên ở đâu ạ?", "vi"), ("i lost my card", "en")],
)
def test_topic_that_is_not_covered_has_its_own_reply_and_nearest_section(
    text: str, language: str, library: Assistant
) -> None:
    topic = next(topic for topic in library.knowledge.topics if topic.id == "lost-card")
    reply = asked(library, text)
    title = library.knowledge.by_key[LOANS].texts[language].title
    assert (reply.kind, [each.key for each in reply.suggestions]) == (Kind.DECLINE, [LOANS])
    assert reply.text == f"{topic.replies[language]} {PERHAPS[language]}\n- {title}"


def test_topic_without_a_nearest_section_offers_none(library: Assistant) -> None:
    reply = asked(library, "có máy in không ạ")
    assert reply.text == "Tài liệu chưa có thông tin về in ấn. Bạn hỏi quầy thủ thư nhé."
    assert (reply.kind, reply.suggestions) == (Kind.DECLINE, ())


def test_decline_is_as_sure_as_no_section_is_likely(library: Assistant) -> None:
    assert asked(library, "is there a printer").confidence == library.search("is there a printer").outside


@pytest.mark.parametrize(("text", "language"), [("tiền phạt trả muộn", "vi"), ("returning a book late", "en")])
def test_question_of_no_topic_is_declined_with_the_best_sections(
    text: str, language: str, reluctant: Assistant
) -> None:
    reply = asked(reluctant, text)
    assert reply.kind is Kind.DECLINE
    assert reply.words == f"{language_pack(language).say('decline')} {PERHAPS[language]}"
    assert reply.suggestions[0].key == FINES


def test_clarification_offers_the_best_sections_first(unsure: Assistant) -> None:
    reply = asked(unsure, "trả sách muộn")
    ranked = [match.section.key for match in unsure.search("trả sách muộn").matches]
    offered = [each.key for each in reply.suggestions]
    assert (reply.kind, reply.words) == (Kind.CLARIFY, "Bạn muốn hỏi về mục nào dưới đây?")
    assert offered == ranked[: len(offered)]


def test_at_most_one_clarification_in_a_row(unsure: Assistant) -> None:
    first = asked(unsure, "trả sách muộn")
    second = asked(unsure, "trả sách muộn", first.conversation)
    third = asked(unsure, "trả sách muộn", second.conversation)
    assert [reply.kind for reply in (first, second, third)] == [Kind.CLARIFY, Kind.DECLINE, Kind.CLARIFY]
    assert second.suggestions == first.suggestions


@pytest.mark.parametrize(
    ("text", "language"),
    [("không phải các mục trên", "vi"), ("khong cai nao", "vi"), ("None of these", "en")],
)
def test_none_of_these_leads_to_a_person(text: str, language: str, unsure: Assistant) -> None:
    first = asked(unsure, "trả sách muộn")
    assert first.text.endswith("- Không phải các mục trên")
    reply = asked(unsure, text, first.conversation)
    assert (reply.kind, reply.text) == (Kind.DECLINE, language_pack(language).say("ask_a_person"))


@pytest.mark.parametrize(
    ("text", "place"), [("1", 0), ("cái đầu tiên", 0), ("cai thu 2", 1), ("the second one", 1), ("Số 2 ạ", 1)]
)
def test_a_section_on_offer_is_taken_by_its_number(text: str, place: int, unsure: Assistant) -> None:
    first = asked(unsure, "trả sách muộn")
    reply = asked(unsure, text, first.conversation)
    assert (reply.kind, reply.section) == (Kind.ANSWER, first.suggestions[place].key)


def test_a_number_means_nothing_where_nothing_is_offered(library: Assistant) -> None:
    assert asked(library, "2").section is None
    assert asked(library, "2", Conversation("vi", FINES)).kind is not Kind.ANSWER


def test_answer_after_a_clarification_is_given(library: Assistant) -> None:
    reply = asked(library, "tiền phạt mỗi ngày", Conversation("vi", None, clarified=True))
    assert (reply.kind, reply.conversation) == (Kind.ANSWER, Conversation("vi", FINES))


# Conversations


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("why?", "en"),
        ("Tell me more please", "en"),
        ("WHY", "en"),
        ("nói rõ hơn", "vi"),
        ("Nói rõ hơn đi ạ!", "vi"),
        ("noi ro hon", "vi"),
        ("tại sao vậy ạ?", "vi"),
    ],
)
def test_asking_for_more_after_an_answer_offers_what_to_read_next_and_repeats_nothing(
    text: str, language: str, library: Assistant
) -> None:
    reply = asked(library, text, Conversation("vi", LOANS))
    section = library.knowledge.by_key[LOANS].texts[language]
    assert (reply.kind, reply.section, reply.language) == (Kind.ANSWER, LOANS, language)
    assert reply.text.startswith(language_pack(language).say("all_there_is", title=section.title))
    assert [each.key for each in reply.suggestions] == [RENEWAL, FINES]
    assert [passage.text for passage in section.passages if passage.text in reply.text] == []


@pytest.mark.parametrize(("text", "section"), [("1", RENEWAL), ("the second one", FINES)])
def test_what_to_read_next_is_taken_by_its_number(text: str, section: SectionKey, library: Assistant) -> None:
    offered = asked(library, "tell me more", Conversation("en", LOANS)).conversation
    reply = asked(library, text, offered)
    title = library.knowledge.by_key[section].texts["en"].title
    assert (reply.kind, reply.section, reply.title) == (Kind.ANSWER, section, title)


def test_asking_for_more_twice_leads_to_a_person(library: Assistant) -> None:
    first = asked(library, "nói rõ hơn", Conversation("vi", LOANS))
    second = asked(library, "giải thích thêm", first.conversation)
    assert (second.kind, second.text) == (Kind.DECLINE, language_pack("vi").say("ask_a_person"))
    assert second.conversation.section == LOANS


def test_the_last_section_of_a_document_leads_to_a_person(tmp_path: Path) -> None:
    (tmp_path / "rules.md").write_text("# Rules\n\n## Pets\n\nPets stay outside.\n", "utf-8")
    assistant = Assistant(load(tmp_path / "rules.md"))
    reply = asked(assistant, "tell me more", Conversation("en", assistant.knowledge.sections[0].key))
    assert (reply.text, reply.suggestions) == (
        "That is all the documentation says under “Pets”. "
        "If you need more, please ask the person in charge of the documentation.",
        (),
    )


@pytest.mark.parametrize("before", [None, Conversation("en"), Conversation("en", SectionKey("guide", "gone"))])
def test_asking_for_more_of_nothing_is_no_answer(before: Conversation | None, library: Assistant) -> None:
    assert asked(library, "why?", before).section is None


def test_section_is_remembered_through_small_talk_and_declines(library: Assistant) -> None:
    conversation = asked(library, "tiền phạt mỗi ngày").conversation
    for text in ("xin chào", "🎉", "em bị mất thẻ"):
        conversation = asked(library, text, conversation).conversation
    assert asked(library, "nói rõ hơn", conversation).section == FINES


def test_section_is_remembered_through_a_clarification(unsure: Assistant) -> None:
    conversation = asked(unsure, "trả sách muộn", Conversation("vi", HOURS)).conversation
    assert (conversation.section, conversation.clarified) == (HOURS, True)
    assert asked(unsure, "nói rõ hơn", conversation).section == HOURS


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("còn gia hạn thì sao ạ", RENEWAL),
        ("Thế còn mượn sách?", LOANS),
        ("vậy còn giờ mở cửa", HOURS),
        ("con gia han", RENEWAL),
        ("what about renewal?", RENEWAL),
        ("And how about the opening hours", HOURS),
    ],
)
def test_follow_up_after_an_answer_is_a_question_of_its_own(text: str, section: SectionKey, library: Assistant) -> None:
    reply = asked(library, text, AFTER_FINES)
    assert (reply.kind, reply.section) == (Kind.ANSWER, section)


@pytest.mark.parametrize(
    ("text", "bare"), [("còn gia hạn", "gia hạn"), ("thế còn gia hạn?", "gia hạn"), ("what about renewal", "renewal")]
)
def test_words_that_carry_on_count_for_nothing_after_an_answer(text: str, bare: str, library: Assistant) -> None:
    assert asked(library, text, AFTER_FINES) == asked(library, bare, AFTER_FINES)


@pytest.mark.parametrize("text", ["còn", "what about"])
def test_words_that_carry_on_with_nothing_are_a_message_like_any_other(text: str, library: Assistant) -> None:
    assert asked(library, text, AFTER_FINES).text == asked(library, text).text


def test_stored_questions_that_begin_like_follow_ups_are_answered_the_same_after_an_answer(kvm: Assistant) -> None:
    openings = tuple(f"{phrase} " for code in LANGUAGES for phrase in language_pack(code).follow_up)
    stored = [question.text for question in kvm.knowledge.questions if not question.follow_up]
    alike = [text for text in stored if text.casefold().startswith(openings)]
    before = Conversation("vi", kvm.knowledge.sections[0].key)
    assert len(alike) >= 10
    assert [text for text in alike if asked(kvm, text, before).section != asked(kvm, text).section] == []


# Search and passages


def test_search_ranks_every_section(library: Assistant) -> None:
    matches = library.search("làm sao để có bằng lái xe").matches
    assert {match.section.key for match in matches} == {HOURS, LOANS, RENEWAL, FINES}
    assert [match.confidence for match in matches] == sorted((match.confidence for match in matches), reverse=True)


@pytest.mark.parametrize(
    ("language", "passage"), [("vi", "Hạn mượn là 14 ngày."), ("en", "The loan period is 14 days.")]
)
def test_passage_is_in_the_language_that_is_asked_for(language: str, passage: str, library: Assistant) -> None:
    ranking = library.search("khi nào phải trả sách")
    assert library.passage(ranking, library.knowledge.by_key[LOANS], language) == passage


def test_section_without_text_has_no_passage(tmp_path: Path) -> None:
    file = tmp_path / "rules.md"
    file.write_text("# Rules\n\n## Quiet hours\n\n## Pets\n\nPets stay outside.\n", "utf-8")
    assistant = Assistant(load(file))
    quiet = assistant.knowledge.sections[0]
    assert assistant.passage(assistant.search("quiet hours"), quiet, "en") is None


# Safe HTML


def test_html_of_hostile_knowledge_is_safe(library_folder: Path) -> None:
    hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> 5 < 6"
    changed(library_folder, "small-talk.yaml", lambda text: text.replace("Hello!", hostile))
    changed(library_folder, "guide/not-covered.yaml", lambda text: text.replace("The rules", f"{hostile} The rules"))
    assistant = changed(
        library_folder,
        "guide/library.en.md",
        lambda text: text.replace("Borrowing books", f"Books {hostile}").replace("Books returned", f"{hostile} Books"),
    )
    messages = ("hello", "I lost my card", "how do I borrow a book", "overdue fee", "still books")
    replies = [asked(assistant, message, language="en") for message in messages]
    assert [reply.html for reply in replies if _UNSAFE.search(reply.html) or "javascript:" in reply.html] == []
    assert ["<script>" in reply.text for reply in replies[:4]] == [True] * 4


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "<img src=x onerror=alert(1)> overdue fee", "tiền phạt < 5 & > 3", "hello <b>"],
)
def test_html_never_repeats_what_was_asked(text: str, library: Assistant) -> None:
    reply = asked(library, text)
    assert _UNSAFE.search(reply.html) is None
    assert re.search(r"alert|script|&lt;", reply.html + reply.text) is None


# Laws


@given(questions)
def test_no_text_raises_anything_but_a_question_error(library: Assistant, question: Question) -> None:
    if question.text.strip():
        assert library.ask(question).text.strip()
    else:
        with pytest.raises(QuestionError):
            library.ask(question)


@given(questions.filter(lambda question: question.text.strip()))
def test_reply_keeps_its_promises(library: Assistant, question: Question) -> None:
    reply = library.ask(question)
    assert 0 <= reply.confidence <= 1
    assert _UNSAFE.search(reply.html) is None
    assert (reply.section is None) == (reply.kind is not Kind.ANSWER)
    assert reply.kind is Kind.ANSWER or len(reply.suggestions) <= MOST_SUGGESTIONS
    assert reply.conversation.clarified == (reply.kind is Kind.CLARIFY)


@given(questions.filter(lambda question: question.text.strip()))
def test_clarified_conversation_never_gets_a_clarification(unsure: Assistant, question: Question) -> None:
    clarified = Conversation("vi", question.conversation.section if question.conversation else None, clarified=True)
    assert unsure.ask(Question(question.text, question.language, clarified)).kind is not Kind.CLARIFY


@given(questions.filter(lambda question: question.text.strip()), texts.filter(str.strip))
def test_same_question_gets_the_same_reply_whatever_was_asked_between(
    library: Assistant, question: Question, other: str
) -> None:
    first = library.ask(question)
    library.ask(Question(other))
    assert library.ask(question) == first


def test_same_question_gets_the_same_reply_from_another_assistant(library: Assistant) -> None:
    twin = Assistant(load(DATA / "library"))
    asked_texts = [question.text for question in library.knowledge.questions] + [SPOKEN, "🎉", "xin chào"]
    assert [text for text in asked_texts if asked(twin, text) != asked(library, text)] == []


OTHER_SUBJECTS = (
    "# Nhà ăn\n\n## Thực đơn {#menu}\n\nBữa trưa có cơm, phở và bún chả.\n",
    "# Canteen\n\n## Menu {#menu}\n\nLunch is rice or noodles.\n\n## Allergies {#allergies}\n\nTell the cook first.\n",
    "# Gym\n\n## Showers {#showers}\n\n| Floor | Showers |\n|---|---|\n| Ground | 4 |\n| First | 2 |\n",
)


@pytest.mark.parametrize("document", OTHER_SUBJECTS)
@pytest.mark.parametrize("folder", ["another", "zoo"])
def test_a_section_on_another_subject_never_changes_the_answer_to_a_stored_question(
    folder: str, document: str, library: Assistant, library_folder: Path
) -> None:
    (library_folder / folder).mkdir()
    (library_folder / folder / "other.md").write_text(document, "utf-8")
    larger = Assistant(load(library_folder))
    stored = [question.text for question in library.knowledge.questions if not question.follow_up]
    assert len(larger.knowledge.sections) > len(library.knowledge.sections)
    assert [text for text in stored if asked(larger, text).text != asked(library, text).text] == []


UNSEEN = {
    "vi": (
        "thư viện có mở vào chủ nhật hay không",
        "mượn tối đa được mấy quyển",
        "muốn giữ sách thêm vài ngày nữa",
        "trả sách trễ hai hôm thì mất bao nhiêu tiền",
        "mất thẻ thì làm lại ở chỗ nào",
        "ở đây in màu được không",
        "hoà nhạc ở thư viện mấy giờ",
    ),
    "en": (
        "is the library open on a Sunday evening",
        "how many books may a student borrow",
        "can I keep the book for another week",
        "what do I pay for a late book",
        "my student card is lost",
        "can I print something here",
    ),
}
POLITE = {
    "vi": ("{} ạ", "cho em hỏi {}", "Dạ cho em hỏi {} ạ?", "ad ơi, {} nhé", "xin chào, {}", "anh chị cho em hỏi {} ạ"),
    "en": ("please {}", "{} please", "Hello, {}?", "could you tell me {}", "hi there, {} thanks"),
}
TYPED: tuple[Callable[[str], str], ...] = (str.upper, str.title, in_nfd, old_tone, fold, "  {}\n?!".format)


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_courtesy_and_typing_never_change_what_is_found(language: str, library: Assistant, data: st.DataObject) -> None:
    stored = [each.text for each in library.knowledge.questions if each.language == language and not each.follow_up]
    text = data.draw(st.sampled_from([*stored, *UNSEEN[language]]))
    variant = data.draw(st.sampled_from(POLITE[language])).format(text)
    for typed in data.draw(st.lists(st.sampled_from(TYPED), max_size=3)):
        variant = typed(variant)
    assert found(library, variant) == found(library, text)


def test_place_of_the_tone_mark_never_changes_what_is_found(kvm: Assistant) -> None:
    cases = [case.text for path in CASE_FILES for case in read_cases(path.read_text("utf-8"), "")]
    moved = {text: old_tone(text) for text in cases if old_tone(text) != text}
    assert len(moved) >= 10
    assert [text for text, variant in moved.items() if found(kvm, variant) != found(kvm, text)] == []
