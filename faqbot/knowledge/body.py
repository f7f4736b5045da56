"""Read the text below a heading: its passages, its plain text, its HTML."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from markdown_it import MarkdownIt
from markdown_it.token import Token

from faqbot.knowledge.model import Passage
from faqbot.knowledge.rows import row_text, rows_follow
from faqbot.knowledge.sentences import sentence_starts
from faqbot.safe_html import safe_html

_SPACES = re.compile(r"\s+")
_LONGEST_LABEL = 3


@dataclass(frozen=True, slots=True)
class Body:
    """The text below a heading."""

    passages: tuple[Passage, ...]
    text: str
    html: str


def inline_text(token: Token) -> str:
    """Return what an inline token says, without markup."""
    return "".join(_plain(child) for child in token.children or ())


def read_body(tokens: Sequence[Token], markdown: MarkdownIt) -> Body:
    """Read block tokens. Each sentence of a paragraph, each list item and each row of a table becomes a passage.

    A list item that only names the items nested in it becomes their context instead; so does the head of a table.
    """
    reader = _BodyReader()
    rendered: list[Token] = []
    for at, token in enumerate(tokens):
        following = (tokens[number] for number in range(at + 1, len(tokens)))
        rendered += reader.take(token, following)
    html = markdown.renderer.render(rendered, markdown.options, {})
    return Body(tuple(reader.passages), "\n".join(reader.lines), safe_html(html).strip())


def _plain(child: Token) -> str:
    if child.type in ("softbreak", "hardbreak"):
        return " "
    return child.content if child.type in ("text", "code_inline", "image") else ""


@dataclass
class _BodyReader:
    """Walks through block tokens once."""

    passages: list[Passage] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    _lists: list[Token] = field(default_factory=list)
    _leads: list[str] = field(default_factory=list)
    _lead: str = ""
    _bullet: str = ""
    _cells: list[str] | None = None
    """Of the row being read; None outside tables."""
    _head: bool = False
    """Whether that row is a head with rows below it."""

    def take(self, token: Token, rest: Iterator[Token]) -> list[Token]:
        """Read a token; return what to render for it."""
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self._lists.append(token)
                self._leads.append(self._lead)
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
                self._lead = self._leads.pop()
            case "list_item_open":
                self._bullet = f"{token.info}{token.markup} " if token.info else "- "
                self._lead = ""
            case "table_open":
                self._leads.append(self._lead)
                self._leads.append("")
            case "table_close":
                self._cells, self._lead = None, ""
                del self._leads[-2:]
            case "thead_open" | "thead_close":
                self._head = token.nesting > 0 and rows_follow(rest)
            case "tr_open":
                self._cells = []
            case "tr_close":
                self._finish_row()
            case "inline" if self._cells is not None:
                self._take_cell(token, self._cells)
            case "inline":
                self._take_inline(token, rest)
            case "fence" | "code_block" if token.content.strip():
                span = self._span()
                self._add(token.content)
                for line in token.content.strip("\n").split("\n"):
                    self._add_line(line)
                return [span, token, Token("passage_close", "span", -1)]
        return [token]

    def _take_inline(self, token: Token, rest: Iterator[Token]) -> None:
        text = inline_text(token)
        self._lead = _SPACES.sub(" ", text).strip()
        if not self._lead:
            return
        if self._lists and _list_follows(rest) and _is_label(token.children or [], self._lead):
            self._add_line(self._lead)
            return
        token.children = self._with_passages(token.children or [], sentence_starts(text))
        self._add_line(self._lead)

    def _take_cell(self, token: Token, cells: list[str]) -> None:
        cells.append(_SPACES.sub(" ", inline_text(token)).strip())
        if cells[-1] and not self._head:
            token.children = [self._span(), *(token.children or []), Token("passage_close", "span", -1)]

    def _finish_row(self) -> None:
        text = row_text(self._cells or [])
        if not text:
            return
        if self._head:
            self._leads[-1] = text
        else:
            self._add(text, listed=True)
        self._add_line(text)

    def _with_passages(self, children: Sequence[Token], starts: Sequence[int]) -> list[Token]:
        """Put span tokens around each sentence. A sentence ends only outside emphasis and links."""
        marked = [self._span()]
        sentence: list[str] = []
        offset, depth = 0, 0
        for child in children:
            if not depth and offset in starts and child.nesting >= 0 and "".join(sentence).strip():
                self._add("".join(sentence))
                sentence = []
                marked += [Token("passage_close", "span", -1), self._span()]
            depth += child.nesting
            plain = _plain(child)
            cuts = [start - offset for start in starts if offset < start < offset + len(plain)]
            offset += len(plain)
            if child.type != "text" or depth or not cuts:
                marked.append(child)
                sentence.append(plain)
                continue
            for begin, end in zip([0, *cuts], [*cuts, len(plain)], strict=True):
                if begin:
                    self._add("".join(sentence))
                    sentence = []
                    marked += [Token("passage_close", "span", -1), self._span()]
                marked.append(Token("text", "", 0, content=plain[begin:end]))
                sentence.append(plain[begin:end])
        self._add("".join(sentence))
        return [*marked, Token("passage_close", "span", -1)]

    def _span(self) -> Token:
        return Token("passage_open", "span", 1, attrs={"data-passage": str(len(self.passages))})

    def _add(self, text: str, *, listed: bool = False) -> None:
        context = " ".join(filter(None, self._leads))
        self.passages.append(Passage(_SPACES.sub(" ", text).strip(), context, listed or bool(self._lists)))

    def _add_line(self, text: str) -> None:
        indent = "  " * max(0, len(self._lists) - 1)
        self.lines.append(f"{indent}{self._bullet}{text}" if self._lists else text)
        self._bullet = "  " if self._lists else ""


def _is_label(children: Sequence[Token], text: str) -> bool:
    """Tell whether an item only names what is nested in it: it is short, ends in a colon, or is bold throughout."""
    kinds = [child.type for child in children if child.type != "text" or child.content]
    bold = kinds[0] == "strong_open" and kinds.index("strong_close") == len(kinds) - 1
    return bold or text.endswith(":") or len(text.split()) <= _LONGEST_LABEL


def _list_follows(rest: Iterator[Token]) -> bool:
    """Tell whether the paragraph that this inline token is in is followed by a list inside the same item."""
    types = [token.type for token in islice(rest, 2)]
    return len(types) > 1 and types[0] == "paragraph_close" and types[1].endswith("list_open")
