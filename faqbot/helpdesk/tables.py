"""A report as tables in a language, and a table as CSV."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

from faqbot.helpdesk.figures import OUTCOMES, Report
from faqbot.knowledge.model import KnowledgeBase, SectionKey
from faqbot.language.pack import LANGUAGES, language_pack
from faqbot.store.figures import Counts

_CHANNELS = ("web", "page", "slack", "hook", "helpdesk")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table."""

    name: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Something counted."""

    name: str
    """In addresses."""
    title: str
    columns: tuple[str, ...]
    """The first names what is counted, the others the numbers."""
    rows: tuple[Row, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted."""
        return not any(any(row.numbers) for row in self.rows)


def tables(report: Report, knowledge: KnowledgeBase, language: str) -> tuple[Table, ...]:
    """Return all tables of a report, in the order in which they are shown."""
    say = language_pack(language).say
    well, badly = report.verdicts.helpful, report.verdicts.unhelpful
    resolved, everything = report.conversations.resolved, report.conversations.all
    outcomes = tuple(say(f"figures_{outcome}") for outcome in OUTCOMES)
    days = tuple(Row(day.date.isoformat(), day.outcomes) for day in report.days)
    endings = ((say("figures_resolved"), resolved), (say("figures_unresolved"), everything - resolved))
    verdicts = ((say("figures_helpful"), well), (say("figures_unhelpful"), badly))

    def counted(name: str, rows: Counts) -> Table:
        return Table(
            name,
            say(f"figures_{name}"),
            (say(f"figures_{name}_one"), say("figures_number")),
            tuple(Row(each, (number,)) for each, number in rows),
        )

    return (
        Table("days", say("figures_days"), (say("figures_day"), *outcomes), days),
        counted("endings", endings),
        counted("verdicts", verdicts),
        counted("languages", _named(report.languages, lambda code: _language(code, say))),
        counted("channels", _named(report.channels, lambda name: channel_words(name, language))),
        counted("sections", _named(report.sections, lambda key: _title(key, knowledge, language))),
        counted("gaps", report.gaps),
    )


def sheet(table: Table) -> bytes:
    """Return a table as CSV, in UTF-8 with a mark by which spreadsheets know it.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(map(_safe, table.columns))
    writer.writerows([_safe(row.name), *row.numbers] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else text


def _named(counts: Counts, name: Callable[[str], str]) -> Counts:
    return tuple((name(key), number) for key, number in counts)


def _language(code: str, say: Callable[..., str]) -> str:
    return say(f"language_{code}") if code in LANGUAGES else code


def channel_words(name: str, language: str) -> str:
    """Return what people call a channel."""
    return language_pack(language).say(f"figures_channel_{name}") if name in _CHANNELS else name


def _title(text: str, knowledge: KnowledgeBase, language: str) -> str:
    document, _, name = text.partition("/")
    section = knowledge.by_key.get(SectionKey(document, name))
    return section.text_in(language)[1].title if section else text
