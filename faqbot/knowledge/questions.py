"""Read questions.yaml: what people ask about each section."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from faqbot.knowledge.model import Section, SectionKey, StoredQuestion
from faqbot.language.pack import LANGUAGES
from faqbot.yaml_file import YamlFile


@dataclass(frozen=True, slots=True)
class SectionNotes:
    """What questions.yaml says of one section."""

    questions: tuple[StoredQuestion, ...]
    related: tuple[SectionKey, ...]


def read_questions(file: YamlFile, sections: Mapping[str, Section]) -> dict[SectionKey, SectionNotes]:
    """Read the questions about sections that are given by id."""
    notes = {}
    for identifier, node in file.mapping(file.root, "the file"):
        section = sections.get(identifier)
        if section is None:
            file.fault(node, f"there is no section {identifier!r} in this folder; there are {', '.join(sections)}")
            continue
        notes[section.key] = _read_section(file, node, section, sections)
    return notes


def _read_section(file: YamlFile, node: yaml.Node, section: Section, sections: Mapping[str, Section]) -> SectionNotes:
    questions: list[StoredQuestion] = []
    related: list[SectionKey] = []
    what = f"section {section.key.section!r}"
    for key, value in file.mapping(node, what):
        match key:
            case "related":
                related = [section_named(file, line, name, sections) for name, line in file.texts(value, "related")]
            case "follow_ups":
                questions += _phrases(file, file.mapping(value, "follow_ups"), section, {}, follow_up=True)
            case "questions":
                questions += _groups(file, value, section)
            case _:
                file.fault(value, f"{what} has the unknown key {key!r}; known are related, follow_ups, questions")
    return SectionNotes(tuple(questions), tuple(key for key in related if key.section))


def section_named(file: YamlFile, place: yaml.Node | int, name: str, sections: Mapping[str, Section]) -> SectionKey:
    """Return the key of the section with that id; a key without a section, after a fault, if there is none."""
    if name not in sections:
        if name:
            file.fault(place, f"there is no section {name!r}; there are {', '.join(sections)}")
        return SectionKey("", "")
    return sections[name].key


def _groups(file: YamlFile, node: yaml.Node, section: Section) -> Iterator[StoredQuestion]:
    if not isinstance(node, yaml.SequenceNode):
        file.fault(node, "questions must be a list of groups, each with vi, en and perhaps answer")
        return
    for group in node.value:
        entries = dict(file.mapping(group, "a group of questions"))
        quoted = entries.pop("answer", None)
        answers = _answers(file, quoted, section) if quoted else {}
        yield from _phrases(file, entries.items(), section, answers, follow_up=False)


def _answers(file: YamlFile, node: yaml.Node, section: Section) -> dict[str, int]:
    answers = {}
    for language, value in file.mapping(node, "answer"):
        text = section.texts.get(language)
        if text is None:
            file.fault(value, f"section {section.key.section!r} has no text in {language!r}")
            continue
        quoted = file.text(value, "answer")
        passages = [passage.text for passage in text.passages]
        if quoted in passages:
            answers[language] = passages.index(quoted)
        elif quoted:
            file.fault(value, f"no passage of section {section.key.section!r} is {quoted!r}; they are {passages}")
    return answers


def _phrases(
    file: YamlFile,
    entries: Iterable[tuple[str, yaml.Node]],
    section: Section,
    answers: Mapping[str, int],
    *,
    follow_up: bool,
) -> Iterator[StoredQuestion]:
    for language, value in entries:
        if language not in LANGUAGES:
            file.fault(value, f"{language!r} is no language; there are {', '.join(LANGUAGES)}")
            continue
        for text, line in file.texts(value, f"questions in {language}"):
            place = f"{file.name}:{line}"
            yield StoredQuestion(text, language, str(section.key), answers, follow_up, place)
