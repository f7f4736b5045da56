"""Markdown files become documents: the languages of one document are brought together section by section."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from faqbot.errors import Fault
from faqbot.knowledge.files import TextFile
from faqbot.knowledge.markdown import ParsedText, Part, parse_markdown, slug
from faqbot.knowledge.model import Document, Passage, Section, SectionKey, SectionText
from faqbot.language.detect import detect
from faqbot.language.lexicon import EMPTY
from faqbot.language.pack import LANGUAGES
from faqbot.language.token import words

_NAME = re.compile(rf"(?P<stem>.+?)(?:\.(?P<language>{'|'.join(LANGUAGES)}))?\.md", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """A document, its sections, and where its files lie."""

    document: Document
    sections: tuple[Section, ...]
    folder: str
    """Relative to the knowledge folder; "" at the top."""
    files: Mapping[str, str]
    """Names of its files, by language code."""


@dataclass
class _Sources:
    """The Markdown files of one document."""

    id: str
    folder: str
    files: dict[str, tuple[str, ParsedText]] = field(default_factory=dict)


def read_documents(files: Sequence[TextFile], faults: list[Fault]) -> list[DocumentRead]:
    """Read every Markdown file. ``guide.vi.md`` and ``guide.en.md`` of one folder are one document.

    A document is named by its folder if it is alone there, else by its file. A file without a language in its name is
    read in the language it seems to be in.
    """
    documents = []
    for sources in _grouped(files, faults):
        sections = _sections(sources, faults)
        titles = {language: parsed.title for language, (_, parsed) in sources.files.items()}
        document = Document(sources.id, titles, tuple(section.key for section in sections))
        names = {language: name for language, (name, _) in sources.files.items()}
        documents.append(DocumentRead(document, tuple(sections), sources.folder, names))
    return documents


def _grouped(files: Sequence[TextFile], faults: list[Fault]) -> list[_Sources]:
    stems: dict[str, set[str]] = {}
    for file in files:
        stems.setdefault(file.folder, set()).add(_stem(file))
    groups: dict[tuple[str, str], _Sources] = {}
    for file in files:
        stem = _stem(file)
        alone = file.folder and len(stems[file.folder]) == 1
        identifier = slug(file.folder if alone else f"{file.folder} {stem}") or "document"
        sources = groups.setdefault((file.folder, stem), _Sources(identifier, file.folder))
        language = _language(file)
        if language in sources.files:
            other = sources.files[language][0]
            faults.append(Fault(file.name, 0, "error", f"{other} is the same document in the same language"))
        else:
            sources.files[language] = (file.name, parse_markdown(file.text, file.name, faults))
    by_id: dict[str, str] = {}
    for (_, _), sources in groups.items():
        name = next(iter(sources.files.values()))[0]
        if sources.id in by_id:
            faults.append(Fault(name, 0, "error", f"document id {sources.id!r} is already that of {by_id[sources.id]}"))
        by_id[sources.id] = name
    return list(groups.values())


def _stem(file: TextFile) -> str:
    match = _NAME.fullmatch(file.base)
    return match["stem"] if match else file.base


def _language(file: TextFile) -> str:
    match = _NAME.fullmatch(file.base)
    named = match["language"].lower() if match and match["language"] else None
    return named or detect(words(file.text), EMPTY) or LANGUAGES[0]


def _sections(sources: _Sources, faults: list[Fault]) -> list[Section]:
    languages = [language for language in LANGUAGES if language in sources.files]
    by_id: dict[str, dict[str, Part]] = {}
    for language in languages:
        for part in sources.files[language][1].parts:
            by_id.setdefault(part.id, {})[language] = part
    parents: dict[str, str | None] = {}
    for language in reversed(languages):
        parents |= _parents(sources.files[language][1].parts)
    for identifier, parts in by_id.items():
        _check(identifier, parts, parents, sources, faults)
    return [_section(sources.id, identifier, by_id, parents) for identifier in by_id]


def _check(
    identifier: str,
    parts: Mapping[str, Part],
    parents: Mapping[str, str | None],
    sources: _Sources,
    faults: list[Fault],
) -> None:
    part = next(iter(parts.values()))
    file = sources.files[next(iter(parts))][0]
    missing = [language for language in sources.files if language not in parts]
    for language in missing:
        other = sources.files[language][0]
        faults.append(Fault(file, part.line, "warning", f"section {identifier!r} is missing in {other}"))
    for language, each in parts.items():
        if each.public != part.public:
            name = sources.files[language][0]
            faults.append(
                Fault(name, each.line, "error", f"section {identifier!r} is public in one language and not in {file}")
            )
        if not each.body.passages and identifier not in parents.values():
            name = sources.files[language][0]
            faults.append(Fault(name, each.line, "warning", f"section {identifier!r} is a heading without text"))


def _parents(parts: Sequence[Part]) -> dict[str, str | None]:
    """Return for each section the nearest heading before it that is higher up; levels may be skipped."""
    open_parts: list[Part] = []
    parents: dict[str, str | None] = {}
    for part in parts:
        while open_parts and open_parts[-1].level >= part.level:
            open_parts.pop()
        parents[part.id] = open_parts[-1].id if open_parts else None
        open_parts.append(part)
    return parents


def _section(
    document: str, identifier: str, by_id: Mapping[str, Mapping[str, Part]], parents: Mapping[str, str | None]
) -> Section:
    parts = by_id[identifier]
    children = [child for child, parent in parents.items() if parent == identifier]
    texts = {
        language: _text(part, [by_id[child][language] for child in children if language in by_id[child]])
        for language, part in parts.items()
    }
    parent = parents[identifier]
    above = SectionKey(document, parent) if parent is not None else None
    public = next(iter(parts.values())).public
    return Section(SectionKey(document, identifier), texts, above, public=public)


def _text(part: Part, children: Sequence[Part]) -> SectionText:
    body = part.body
    title = part.title or part.id
    if body.passages or not children:
        return SectionText(title, body.passages, body.text, body.html)
    # Who reads only public sections must not see the titles of the others.
    titles = [child.title for child in children if child.title and (child.public or not part.public)]
    return SectionText(
        title, tuple(Passage(name, "", listed=True) for name in titles), "\n".join(f"- {name}" for name in titles), ""
    )
