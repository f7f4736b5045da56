"""Where a paragraph falls apart into sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.knowledge.sentences import sentence_starts, sentences
from tests.knowledge.building import LAW

TEXTS = st.text(st.sampled_from("aBcĐđƠ09 .!?…\"'”)(\n"), max_size=60) | st.text(max_size=60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("   ", []),
        ("Quán mở cửa", ["Quán mở cửa"]),
        ("Quán mở cửa. Mời vào!", ["Quán mở cửa.", "Mời vào!"]),
        ("Mấy giờ rồi? Đóng cửa chưa? Ừ…  Về thôi.", ["Mấy giờ rồi?", "Đóng cửa chưa?", "Ừ…", "Về thôi."]),
        ("Có bánh. 5 loại.", ["Có bánh.", "5 loại."]),
        ("Có bánh. ốc quế cũng có.", ["Có bánh.", "ốc quế cũng có."]),
        ('Khách hỏi: "Còn không?" Chủ đáp.', ['Khách hỏi: "Còn không?"', "Chủ đáp."]),
        ("Đã hết (rất tiếc.) “Mai nhé.” Vâng.", ["Đã hết (rất tiếc.)", "“Mai nhé.”", "Vâng."]),
        ("Một dòng.\nDòng hai.", ["Một dòng.", "Dòng hai."]),
    ],
)
def test_sentences_end_at_full_stops(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Giá 2.000 đồng mỗi ngày",
        "Bản 8.2 trở lên",
        "Quán ở Tp. Hồ Chí Minh",
        "Ở tp. Huế cũng có",
        "Đồ uống, vd. Trà đào",
        "Trà, cà phê, v.v. Tất cả đều có",
        "Ask Mr. Smith or Dr. Brown, i.e. Anybody",
        "Open from 7 a.m. to 8 p.m. every day",
        "Xem quan.vn nhé",
        "Ngon quá.Thật",
    ],
)
def test_not_every_full_stop_ends_a_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_word_that_only_ends_like_an_abbreviation_ends_a_sentence() -> None:
    assert sentences("Mua hai chiếc tivivs. Còn gì nữa") == ["Mua hai chiếc tivivs.", "Còn gì nữa"]


@LAW
@given(TEXTS)
def test_starts_cut_the_text_without_losing_any(text: str) -> None:
    starts = sentence_starts(text)
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert "".join(text[begin:end] for begin, end in zip(starts, [*starts[1:], None], strict=True)) == text


@LAW
@given(TEXTS)
def test_sentences_are_trimmed_and_hold_every_letter(text: str) -> None:
    found = sentences(text)
    assert all(sentence and sentence == sentence.strip() for sentence in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@LAW
@given(TEXTS)
def test_first_sentence_stands_alone(text: str) -> None:
    first = sentences(text)[:1]
    assert sentences("".join(first)) == first
