"""A reply as the fields that other programs read."""

import pytest

from faqbot.assistant import Assistant, Question
from faqbot.knowledge.model import SectionKey
from faqbot.matching.evidence import OWNER_EVIDENCE
from faqbot.wire import explanation, reply_fields, search_result, section_url


@pytest.mark.parametrize(
    ("key", "address"),
    [
        (SectionKey("kvm", "requirements"), "/kb/kvm/requirements?lang=vi"),
        (SectionKey("a b", "50%"), "/kb/a%20b/50%25?lang=vi"),
        (SectionKey("tài", "<x>"), "/kb/t%C3%A0i/%3Cx%3E?lang=vi"),
    ],
)
def test_a_section_has_an_address(key: SectionKey, address: str) -> None:
    assert section_url(key, "vi") == address


def test_an_answer_has_its_section_and_what_to_read_next(library: Assistant) -> None:
    fields = reply_fields(library.ask(Question("are you open on Sunday")))
    section = {"document": "guide", "id": "hours", "title": "Opening hours", "url": "/kb/guide/hours?lang=en"}
    related = {"document": "guide", "id": "loans", "title": "Borrowing books", "confidence": 0.0}
    assert (fields["kind"], fields["section"], fields["suggestions"]) == ("answer", section, [related])


@pytest.mark.parametrize("text", ["xin chào", "có máy in không", "renew late book"])
def test_what_is_no_answer_has_no_section(library: Assistant, text: str) -> None:
    fields = reply_fields(library.ask(Question(text)))
    assert (fields["section"], fields["passage"]) == (None, None)


def test_the_kind_is_a_plain_text(library: Assistant) -> None:
    assert type(reply_fields(library.ask(Question("xin chào")))["kind"]) is str


def test_numbers_have_four_digits(library: Assistant) -> None:
    fields = reply_fields(library.ask(Question("renew late book")))
    numbers = [fields["confidence"], *(suggestion["confidence"] for suggestion in fields["suggestions"])]
    assert len(numbers) > 2
    assert all(0 < number == round(number, 4) < 1 for number in numbers)


@pytest.mark.parametrize(
    ("language", "title", "passage"),
    [("vi", "Giờ mở cửa", "Chủ nhật thư viện nghỉ."), ("en", "Opening hours", "It is closed on Sundays.")],
)
def test_a_search_result_is_in_the_language_asked_for(
    library: Assistant, language: str, title: str, passage: str
) -> None:
    ranking = library.search("chủ nhật có mở cửa không")
    fields = search_result(library, ranking, ranking.matches[0], language, explain=False)
    assert (fields["title"], fields["passage"], fields["url"]) == (title, passage, f"/kb/guide/hours?lang={language}")


def test_a_search_result_is_explained_if_asked_to(library: Assistant) -> None:
    ranking = library.search("book fine")
    plain, explained = (
        search_result(library, ranking, ranking.matches[0], "en", explain=each) for each in (False, True)
    )
    assert explained == {**plain, "explain": explanation(library, ranking, ranking.matches[0])}


def test_an_explanation_says_what_was_read(library: Assistant) -> None:
    ranking = library.search("how much is the finne for a zzyzx")
    said = explanation(library, ranking, ranking.matches[0])
    assert ["finne", "fine"] in said["changes"]
    assert "zzyzx" in said["unfamiliar"]
    assert said["exact"] is False


def test_an_explanation_of_a_stored_question_says_that_it_is_one(library: Assistant) -> None:
    ranking = library.search("Tiền phạt mỗi ngày?")
    said = explanation(library, ranking, ranking.matches[0])
    assert (said["exact"], said["concepts"]) == (True, ["fine"])


def test_an_explanation_names_the_evidence_and_its_share(library: Assistant) -> None:
    ranking = library.search("book fine")
    evidence = explanation(library, ranking, ranking.matches[0])["evidence"]
    weights = dict(zip(OWNER_EVIDENCE, library.matcher.weights.owner, strict=True))
    assert evidence.keys() < set(OWNER_EVIDENCE)
    for name, share in evidence.items():
        assert share["score"] == pytest.approx(share["value"] * weights[name], abs=0.01)
