"""A new section, as it is written into a file and as it will be read from there."""

from faqbot.errors import EditError
from faqbot.knowledge.edits import NewSection
from faqbot.knowledge.markdown import parse_markdown
from faqbot.knowledge.model import SectionText
from faqbot.knowledge.written import section_markdown


def text_of(edit: NewSection, language: str) -> SectionText:
    """Return a section as it will be read.

    :raises EditError: if it would not be read as one section with a title and a text.
    """
    parts = parse_markdown(f"{_written(edit, language, 2)}\n\n## x {{#x}}\n", edit.key.section, []).parts
    if len(parts) != 2 or parts[0].id != edit.key.section:
        raise EditError("has_headings", language, f"the text in {language!r} holds a heading or an unclosed code block")
    if not parts[0].body.passages or not parts[0].title:
        raise EditError("no_text", language, f"there is no text to answer with in {language!r}")
    body = parts[0].body
    return SectionText(parts[0].title, body.passages, body.text, body.html)


def markdown_of(edit: NewSection, language: str, beside: str) -> str:
    """Return a section as Markdown, under a heading like those of the text that it is added to."""
    return _written(edit, language, _level(beside))


def _written(edit: NewSection, language: str, level: int) -> str:
    return section_markdown(level, edit.titles[language], edit.key.section, edit.bodies[language])


def _level(text: str) -> int:
    """Return the level of the headings of a file: 2, unless it has several of level 1 and none of 2."""
    levels = [part.level for part in parse_markdown(text, "", []).parts]
    return 1 if 2 not in levels and levels.count(1) > 1 else 2
