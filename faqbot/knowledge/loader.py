"""Load a knowledge folder, or a single Markdown file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path

from faqbot.errors import Fault, KnowledgeError
from faqbot.knowledge.cases import Case, read_lines
from faqbot.knowledge.documents import DocumentRead, read_documents
from faqbot.knowledge.files import TextFile, read_files, revision
from faqbot.knowledge.glossary import read_glossary
from faqbot.knowledge.model import Concept, KnowledgeBase, Section, SectionKey, SmallTalk, StoredQuestion, Topic
from faqbot.knowledge.questions import read_questions
from faqbot.knowledge.small_talk import read_small_talk
from faqbot.knowledge.topics import read_topics
from faqbot.yaml_file import YamlFile

CALIBRATION = "calibration.yaml"
KNOWN_NAMES = ("questions.yaml", "not-covered.yaml", "glossary.yaml", "small-talk.yaml", "cases.jsonl", CALIBRATION)
"""Names of the files beside the documents that mean something."""


def shipped_knowledge() -> Path:
    """Return the folder of the knowledge that comes with faqbot, installed or in a checkout."""
    installed = Path(str(files("faqbot"))) / "shipped_knowledge"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "knowledge"


def load(path: Path) -> KnowledgeBase:
    """Load a knowledge folder, or a single Markdown file, which brings no questions.

    :raises KnowledgeError: with every fault of every file, if one of them is an error.
    """
    faults: list[Fault] = []
    return read_knowledge(read_files(path, faults), faults, path)


def read_knowledge(texts: Sequence[TextFile], faults: list[Fault], path: Path) -> KnowledgeBase:
    """Make knowledge of the texts of its files.

    :param faults: Those of reading the files; those of the texts join them.
    :param path: Where the files are, for faults that are of no single one.
    :raises KnowledgeError: as ``load`` does.
    """
    documents = read_documents([text for text in texts if text.base.lower().endswith(".md")], faults)
    beside = _Beside()
    for text in texts:
        if not text.base.lower().endswith(".md"):
            beside.read(text, _sections_in(text.folder, documents), faults)
    sections = [section for document in documents for section in document.sections]
    if not sections and all(fault.severity == "warning" for fault in faults):
        faults.append(Fault(str(path), 0, "error", "no section found: at least one .md file with text is needed"))
    if any(fault.severity == "error" for fault in faults):
        raise KnowledgeError(faults)
    return KnowledgeBase(
        documents=tuple(document.document for document in documents),
        sections=tuple(replace(each, related=beside.related.get(each.key, ())) for each in sections),
        questions=tuple(beside.questions),
        topics=tuple(beside.topics),
        concepts=tuple(beside.concepts),
        small_talk=tuple(beside.small_talk),
        cases=tuple(beside.cases),
        warnings=tuple(sorted(faults)),
        revision=revision(texts),
    )


@dataclass
class _Beside:
    """What the files beside the documents hold."""

    questions: list[StoredQuestion] = field(default_factory=list)
    related: dict[SectionKey, tuple[SectionKey, ...]] = field(default_factory=dict)
    topics: list[Topic] = field(default_factory=list)
    concepts: list[Concept] = field(default_factory=list)
    small_talk: list[SmallTalk] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    topic_files: dict[str, str] = field(default_factory=dict)

    def read(self, text: TextFile, sections: Mapping[str, Section], faults: list[Fault]) -> None:
        """Read a file by its name; ``sections`` are those of the documents in its folder, by id."""
        if text.base not in KNOWN_NAMES:
            faults.append(Fault(text.name, 0, "warning", f"is not used; known names are {', '.join(KNOWN_NAMES)}"))
            return
        if text.base == "cases.jsonl":
            self.cases += _read_cases(text, sections, faults)
            return
        file = YamlFile(text.name, text.text, faults)
        match text.base:
            case "questions.yaml":
                for key, notes in read_questions(file, sections).items():
                    self.questions += notes.questions
                    self.related[key] = notes.related
            case "not-covered.yaml":
                topics, questions = read_topics(file, sections)
                self.topics += topics
                self.questions += questions
                self._note_repeated(topics, file)
            case "glossary.yaml":
                self.concepts += read_glossary(file)
            case "small-talk.yaml":
                self.small_talk += read_small_talk(file)

    def _note_repeated(self, topics: Sequence[Topic], file: YamlFile) -> None:
        for topic in topics:
            first = self.topic_files.setdefault(topic.id, file.name)
            if first != file.name:
                file.fault(file.line_of(topic.id), f"topic {topic.id!r} stands in {first} too")


def _read_cases(text: TextFile, sections: Mapping[str, Section], faults: list[Fault]) -> Iterator[Case]:
    for line, found in read_lines(text.text):
        if isinstance(found, str):
            faults.append(Fault(text.name, line, "error", found))
            continue
        unknown = sorted(set(found.expected) - set(sections))
        if unknown:
            message = f"there is no section {', '.join(unknown)} in this folder; there are {', '.join(sections)}"
            faults.append(Fault(text.name, line, "error", message))
        yield found


def _sections_in(folder: str, documents: Sequence[DocumentRead]) -> dict[str, Section]:
    return {
        section.key.section: section
        for document in documents
        if document.folder == folder
        for section in document.sections
    }
