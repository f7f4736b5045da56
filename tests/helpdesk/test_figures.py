"""A report says how the bot does over a period, day by day; its tables and charts are safe to open."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.assistant import Assistant
from faqbot.helpdesk.charts import chart
from faqbot.helpdesk.figures import Day, Report, Reports, declined, report
from faqbot.helpdesk.tables import Row, Table, sheet, tables
from faqbot.language.pack import LANGUAGES
from faqbot.store.column_types import now
from faqbot.store.exchanges import Verdict
from faqbot.store.figures import Conversations, Verdicts
from faqbot.store.store import Store
from tests.store.making import exchange

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
SAIGON, LONDON = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Europe/London")
REPORT = Report(
    days=(Day(date(2026, 3, 9), (5, 1, 2)), Day(date(2026, 3, 10), (7, 0, 0))),
    conversations=Conversations(9, 6),
    verdicts=Verdicts(3, 1),
    languages=(("vi", 9), ("en", 6)),
    channels=(("web", 12), ("zulip", 3)),
    sections=(("guide/hours", 9), ("guide/gone", 3)),
    gaps=(("=HYPERLINK(1)", 2), ("bãi xe", 1)),
)


def test_every_day_of_the_period_is_there(store: Store) -> None:
    store.exchanges.keep([exchange("a", at=NOON), exchange("b", at=NOON - timedelta(days=6), kind="decline")])
    found = report(store, 7, moment=NOON, zone=UTC)
    assert [day.date for day in found.days] == [date(2026, 3, 4) + timedelta(days=each) for each in range(7)]
    assert [day.outcomes for day in found.days] == [(0, 0, 1), *[(0, 0, 0)] * 5, (1, 0, 0)]
    assert (found.questions, found.conversations) == (2, Conversations(1, 1))


def test_a_day_is_one_where_the_server_is(store: Store) -> None:
    store.exchanges.keep([exchange("a", at=datetime(2026, 3, 9, 17, 0, tzinfo=UTC))])
    assert [sum(day.outcomes) for day in report(store, 7, moment=NOON, zone=UTC).days][-2:] == [1, 0]
    assert [sum(day.outcomes) for day in report(store, 7, moment=NOON, zone=SAIGON).days][-2:] == [0, 1]


def test_a_day_of_23_hours_is_whole(store: Store) -> None:
    begin = datetime(2026, 3, 29, 0, 0, tzinfo=LONDON).astimezone(UTC)
    store.exchanges.keep([exchange(str(hour), at=begin + timedelta(hours=hour, minutes=59)) for hour in range(24)])
    days = report(store, 7, moment=datetime(2026, 3, 30, 12, tzinfo=UTC), zone=LONDON).days
    assert [sum(day.outcomes) for day in days][-2:] == [23, 1]


def test_what_is_older_or_only_said_does_not_count(store: Store) -> None:
    store.exchanges.keep([exchange("a", at=NOON - timedelta(days=8)), exchange("b", at=NOON, kind="smalltalk")])
    found = report(store, 7, moment=NOON, zone=UTC)
    assert (found.questions, found.resolved, found.helpful) == (0, None, None)


def test_shares_are_parts_of_a_whole(store: Store) -> None:
    kinds = ("answer", "answer", "answer", "decline")
    store.exchanges.keep([exchange(str(each), kind=kind, conversation=str(each)) for each, kind in enumerate(kinds)])
    for name, helpful in (("0", True), ("1", False)):
        store.feedback.give(Verdict(name, now(), helpful, None))
    found = report(store, 7)
    assert (found.resolved, found.helpful) == (0.75, 0.5)


def test_gaps_that_differ_only_in_diacritics_are_one(store: Store) -> None:
    questions = ("Bãi xe ở đâu", "bai xe o dau", "bãi  xe ở đâu", "bãi xe ở đâu", "phòng họp")
    store.exchanges.keep([exchange(str(at), kind="decline", question=each) for at, each in enumerate(questions)])
    counts = declined(store, now() - timedelta(days=1))
    assert [number for _, number in counts] == [4, 1]
    assert counts[1][0] == "phòng họp"


def test_gaps_may_be_found_by_something_else(store: Store) -> None:
    found = report(store, 7, gaps=lambda since: (("bãi xe", 5),) * 20)
    assert found.gaps == (("bãi xe", 5),) * 10


def test_a_report_is_counted_once_a_minute(store: Store) -> None:
    moment = [NOON]
    reports = Reports(store, lambda: moment[0])
    assert reports.of(7).questions == 0
    store.exchanges.keep([exchange()])
    assert reports.of(7).questions == 0
    assert reports.of(30).questions == 1
    moment[0] += timedelta(minutes=1)
    assert reports.of(7).questions == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_name_everything_in_the_language(library: Assistant, language: str) -> None:
    found = {table.name: table for table in tables(REPORT, library.knowledge, language)}
    assert list(found) == ["days", "endings", "verdicts", "languages", "channels", "sections", "gaps"]
    assert found["days"].rows[0] == Row("2026-03-09", (5, 1, 2))
    assert [row.numbers for row in found["endings"].rows] == [(6,), (3,)]
    names = [row.name for row in found["languages"].rows]
    assert names == {"vi": ["tiếng Việt", "tiếng Anh"], "en": ["Vietnamese", "English"]}[language]
    assert found["channels"].rows[1].name == "zulip"
    assert found["sections"].rows[1].name == "guide/gone"
    assert found["sections"].rows[0].name != "guide/hours"


def test_a_table_without_numbers_is_empty() -> None:
    assert Table("days", "", (), (Row("2026-03-09", (0, 0, 0)),)).is_empty
    assert not Table("gaps", "", (), (Row("bãi xe", (1,)),)).is_empty


def cells(table: Table) -> list[list[str]]:
    return list(csv.reader(StringIO(sheet(table).decode("utf-8-sig"))))


def test_a_sheet_has_the_table() -> None:
    table = Table("gaps", "Gaps", ("Question", "Number"), (Row('bãi "xe", ở đâu', (3,)),))
    assert sheet(table).startswith(b"\xef\xbb\xbf")
    assert cells(table) == [["Question", "Number"], ['bãi "xe", ở đâu', "3"]]


@pytest.mark.parametrize("text", ["=1+1", "+84912", "-1", "@SUM(A1)", "\t=1", "  =1", "\r=1", "＝1", "\n=1"])
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    assert cells(Table("gaps", "", ("Question",), (Row(text, (1,)),)))[1][0] == f"'{text}"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_cell_of_any_text_begins_as_a_formula(text: str) -> None:
    question = cells(Table("gaps", "", ("Question",), (Row(text, (1,)),)))[1][0]
    assert not question.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("narrow", [False, True])
def test_a_chart_is_a_picture_without_scripts_or_links(library: Assistant, narrow: bool) -> None:
    for table in tables(REPORT, library.knowledge, "vi"):
        picture = chart(table, "vi", narrow=narrow)
        root = ElementTree.fromstring(picture)
        names = {each.tag.rpartition("}")[2] for each in root.iter()}
        assert not names & {"script", "a", "image", "foreignObject", "use"}
        assert not [name for each in root.iter() for name in each.attrib if name.lower().startswith("on")]
        assert b"@import" not in picture
        assert b"xml-stylesheet" not in picture


@given(st.text(max_size=80))
def test_any_text_can_be_drawn(text: str) -> None:
    rows = (Row(text, (3,)), Row("<script>alert(1)</script>", (1,)))
    picture = chart(Table("gaps", text, ("Question", "Number"), rows), "en")
    assert b"<script" not in picture
    ElementTree.fromstring(picture)


def test_a_chart_of_many_days_names_some_of_them() -> None:
    days = tuple(Row((date(2026, 1, 1) + timedelta(days=each)).isoformat(), (each, 1, 2)) for each in range(90))
    picture = chart(Table("days", "Days", ("Day", "a", "b", "c"), days), "en").decode()
    assert ">1/1<" in picture
    assert ">2/1<" not in picture
