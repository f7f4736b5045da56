"""The HTML of a reply in a chat program's own markup."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import groupby

from faqbot.channels import slack_text
from faqbot.channels.text import quiet

_STYLES = {"strong": "bold", "mark": "bold", "em": "italic", "s": "strike", "code": "code"}
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_FENCE = "```"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a program marks text up."""

    bold: str
    """What stands on both sides of bold words; so are the next two."""
    italic: str
    strike: str
    bullet: str
    """What a list item begins with."""
    escape: Callable[[str], str]
    """Makes any text harmless."""
    link: Callable[[str, str], str]
    """Makes a link of escaped words and an address."""


def _markdown_link(words: str, url: str) -> str:
    return f"[{words}]({url.replace('(', '%28').replace(')', '%29')})"


SLACK = Dialect("*", "_", "~", "• ", slack_text.escape, slack_text.link)
MATTERMOST = Dialect("**", "_", "~~", "- ", quiet, _markdown_link)
ROCKET_CHAT = Dialect("*", "_", "~", "- ", quiet, _markdown_link)
ZULIP = Dialect("**", "*", "~~", "- ", quiet, _markdown_link)


def render(html: str, dialect: Dialect) -> str:
    """Return sanitised HTML as marked-up text. The passage, in a ``mark`` element, is bold, as headings are."""
    reader = _Reader(dialect)
    reader.feed(html)
    reader.close()
    return reader.text()


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of one look."""

    text: str
    styles: frozenset[str]
    url: str


@dataclass
class _Reader(HTMLParser):
    """Walks through the HTML once, and writes a line for each block."""

    dialect: Dialect
    _lines: list[str] = field(default_factory=list)
    _runs: list[_Run] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)
    """For each list that is open the number of its next item; 0 where items have none."""
    _prefix: str = ""
    _url: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        values = dict(attrs)
        if tag == "br":
            self._runs.append(_Run("\n", frozenset(), ""))
            return
        if tag == "a":
            url = values.get("href") or ""
            self._url = url if url.startswith(("http://", "https://")) else ""
        elif tag in ("ul", "ol"):
            self._flush()
            if not self._numbers:
                self._gap()
            self._numbers.append(int(values.get("start") or 1) if tag == "ol" else 0)
        elif tag == "li":
            self._begin_item()
        elif tag in ("td", "th") and self._runs:
            self._runs.append(_Run(" | ", frozenset(), ""))
        elif tag in ("p", "pre", "tr", "blockquote") or tag in _HEADINGS:
            self._flush()
            if not self._numbers and tag != "tr":
                self._gap()
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag not in self._open:
            return
        if tag in ("p", "li", "pre", "tr", "ul", "ol", "blockquote") or tag in _HEADINGS:
            self._flush()
        if tag in ("ul", "ol"):
            self._numbers.pop()
        if tag == "a":
            self._url = ""
        while self._open.pop() != tag:
            continue
        if tag == "li":
            self._prefix = ""

    def handle_data(self, data: str) -> None:
        """Take words."""
        if "pre" in self._open:
            self._runs.append(_Run(data, frozenset(), ""))
            return
        styles = {_STYLES[tag] for tag in self._open if tag in _STYLES}
        styles |= {"bold"} if _HEADINGS & set(self._open) else set()
        words = data.replace("\n", " ")
        self._runs.append(_Run(words, frozenset({"code"} if "code" in styles else styles), self._url))

    def text(self) -> str:
        """Return all lines."""
        self._flush()
        return "\n".join(self._lines).strip("\n")

    def _begin_item(self) -> None:
        self._flush()
        number = self._numbers[-1] if self._numbers else 0
        indent = "    " * max(0, len(self._numbers) - 1)
        self._prefix = indent + (f"{number}. " if number else self.dialect.bullet)
        if number:
            self._numbers[-1] += 1

    def _gap(self) -> None:
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def _flush(self) -> None:
        fenced = "pre" in self._open
        words = self._fenced() if fenced else self._styled()
        self._runs = []
        if not words.strip():
            return
        quote = "> " if "blockquote" in self._open else ""
        self._lines += [
            f"{quote}{self._prefix}{line}" if at == 0 else f"{quote}{line}" for at, line in enumerate(words.split("\n"))
        ]
        self._prefix = " " * len(self._prefix) if "li" in self._open else ""

    def _fenced(self) -> str:
        code = "".join(run.text for run in self._runs).strip("\n").replace(_FENCE, "'''")
        return f"{_FENCE}\n{self._code(code)}\n{_FENCE}" if code else ""

    def _code(self, text: str) -> str:
        return self.dialect.escape(text) if self.dialect is SLACK else text

    def _styled(self) -> str:
        """Write the runs; those of one look that stand side by side are marked once."""
        groups = groupby(self._runs, key=lambda run: (run.styles, run.url))
        return "".join(self._dressed([run.text for run in group], *look) for look, group in groups).strip()

    def _dressed(self, texts: Iterable[str], styles: frozenset[str], url: str) -> str:
        text = "".join(texts)
        bare = text.strip()
        if not bare:
            return text
        words = f"`{self._code(bare).replace('`', chr(39))}`" if "code" in styles else self.dialect.escape(bare)
        words = self.dialect.link(words, url) if url else words
        signs = {"bold": self.dialect.bold, "italic": self.dialect.italic, "strike": self.dialect.strike}
        for style, sign in signs.items():
            words = f"{sign}{words}{sign}" if style in styles else words
        before, _, after = text.partition(bare)
        return f"{before}{words}{after}"
