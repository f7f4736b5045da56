"""A table as a picture: SVG without scripts, in the colours of the page around it."""

import sys
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

import pygal
from pygal.style import Style

from faqbot.helpdesk.numeral import numeral
from faqbot.helpdesk.tables import Table

# pygal hooks into every import of the process for its map plugins, in a way that Python has given up; we have no maps.
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
_COLOURS = ("#2f7d5b", "#c98a1b", "#7a6bc8")
"""Of answers, of what was asked back, and of what was declined; nobody has to tell red from green."""
_DARK = (
    "inline:@media (prefers-color-scheme: dark) {"
    "text, .axis text, .legends text, .legend text { fill: #d7dee0 !important }"
    ".axis .line, .guide { stroke: #4a555b !important } }"
)
_WIDE, _NARROW = 760, 330
_LABELS = {True: 26, False: 48}
"""Characters of a label, on a phone and elsewhere."""
_MOST_DAYS = {True: 5, False: 10}
"""Labels of days, on a phone and elsewhere."""


def chart(table: Table, language: str, *, narrow: bool = False) -> bytes:
    """Return a table as SVG: its days as stacked bars, anything else as a bar for each row.

    :param language: In whose way numbers are written.
    :param narrow: Whether it is for a phone; False by default.
    """
    drawn = _days(table, language, narrow) if table.name == "days" else _bars(table, language, narrow)
    drawn.add_xml_filter(_without_scripts)
    picture: bytes = drawn.render()
    return picture


def _days(table: Table, language: str, narrow: bool) -> Any:
    days = [_short(row.name) for row in table.rows]
    drawn = pygal.StackedBar(
        height=300,
        show_minor_x_labels=False,
        legend_at_bottom=True,
        legend_at_bottom_columns=1 if narrow else 3,
        **_look(language, narrow),
    )
    drawn.x_labels = days
    drawn.x_labels_major = days[:: -(-len(days) // _MOST_DAYS[narrow])]
    for place, column in enumerate(table.columns[1:]):
        drawn.add(column, [row.numbers[place] for row in table.rows])
    return drawn


def _bars(table: Table, language: str, narrow: bool) -> Any:
    rows = table.rows[::-1]
    drawn = pygal.HorizontalBar(
        height=24 + 30 * max(1, len(rows)),
        show_legend=False,
        show_x_labels=False,
        show_x_guides=False,
        **_look(language, narrow),
    )
    drawn.x_labels = [f"{_cut(row.name, _LABELS[narrow])}: {numeral(row.numbers[0], language)}" for row in rows]
    drawn.add("", [row.numbers[0] for row in rows])
    return drawn


def _look(language: str, narrow: bool) -> dict[str, Any]:
    style = Style(
        background="transparent",
        plot_background="transparent",
        foreground="#3a4448",
        foreground_strong="#3a4448",
        foreground_subtle="#8a969b",
        font_family=_FONT,
        label_font_size=13,
        major_label_font_size=13,
        legend_font_size=13,
        guide_stroke_color="#c9d0d2",
        guide_stroke_dasharray="0",
        major_guide_stroke_color="#c9d0d2",
        major_guide_stroke_dasharray="0",
        colors=_COLOURS,
        opacity="1",
        transition="0s",
    )
    return {
        "style": style,
        "css": ["file://style.css", "file://graph.css", _DARK],
        "js": [],
        "no_prefix": True,
        "width": _NARROW if narrow else _WIDE,
        "margin": 4,
        "formatter": lambda number: numeral(number, language),
        "integer_ticks": True,
        "truncate_label": -1,
        "truncate_legend": -1,
        "zero": 0,
        "range": None,
    }


def _without_scripts(root: Element) -> Element:
    """Remove the scripts, and the descriptions that only they read."""
    for parent in root.iter():
        for child in list(parent):
            if str(child.tag).rpartition("}")[2] in ("script", "desc"):
                parent.remove(child)
    return root


def _short(day: str) -> str:
    found = date.fromisoformat(day)
    return f"{found.day}/{found.month}"


def _cut(written: str, longest: int) -> str:
    """Return the beginning of a text, without characters that XML cannot hold."""
    text = "".join(letter if letter.isprintable() else " " for letter in written)
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
