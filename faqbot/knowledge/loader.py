"""Read a knowledge folder, or a single Markdown file, from disk. Nothing else in the core touches the disk."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from faqbot.errors import Fault, KnowledgeError
from faqbot.knowledge.documents import TextFile, read_documents
from faqbot.knowledge.model import Concept, KnowledgeBase, Section, SectionKey, SmallTalk, StoredQuestion, Topic
from faqbot.knowledge.questions import SectionNotes, read_questions
from faqbot.knowledge.topics import read_glossary, read_small_talk, read_topics
from faqbot.yaml_file import YamlFile

QUESTIONS, NOT_COVERED, GLOSSARY, SMALL_TALK, CALIBRATION = (
    "questions.yaml",
    "not-covered.yaml",
    "glossary.yaml",
    "small-talk.yaml",
    "calibration.yaml",
)
_KNOWN = (QUESTIONS, NOT_COVERED, GLOSSARY, SMALL_TALK, CALIBRATION)


def shipped_knowledge() -> Path:
    """Return the folder of the knowledge that comes with faqbot, installed or in a checkout."""
    installed = Path(str(files("faqbot"))) / "shipped_knowledge"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "knowledge"


def stamp(path: Path) -> str:
    """Return a text that changes whenever a file of the knowledge is changed, added or taken away."""
    stats = [(file, file.stat()) for file in _paths(path) if file.is_file()]
    lines = [f"{file}\0{stat.st_size}\0{stat.st_mtime_ns}" for file, stat in stats]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def load(path: Path) -> KnowledgeBase:
    """Load a knowledge folder, or a single Markdown file.

    A single file brings no questions; the shipped small talk and glossary are not added to it either.

    :raises KnowledgeError: with every fault of every file, if one of them is an error.
    """
    faults: list[Fault] = []
    texts = _read_files(path, faults)
    markdown = [file for file in texts if file.base.lower().endswith(".md")]
    documents, sections = read_documents(markdown, faults)
    if not sections and not any(fault.severity == "error" for fault in faults):
        faults.append(Fault(str(path), 0, "error", "no section found: at least one .md file with text is needed"))
    questions: list[StoredQuestion] = []
    topics: list[Topic] = []
    concepts: list[Concept] = []
    small_talk: list[SmallTalk] = []
    for text in texts:
        file = YamlFile(text.name, text.text, faults) if text.base in _KNOWN else None
        if file is None:
            continue
        beside = _sections_beside(text, markdown, sections)
        match text.base:
            case "questions.yaml":
                notes = read_questions(file, text.folder or text.base, beside)
                questions += [question for note in notes.values() for question in note.questions]
                sections = _with_related(sections, notes)
            case "not-covered.yaml":
                read = read_topics(file, beside)
                topics += read[0]
                questions += read[1]
            case "glossary.yaml":
                concepts += read_glossary(file)
            case "small-talk.yaml":
                small_talk += read_small_talk(file)
    _refuse_repeated_ids([topic.id for topic in topics], "topic", path, faults)
    if any(fault.severity == "error" for fault in faults):
        raise KnowledgeError(faults)
    return KnowledgeBase(
        tuple(documents),
        tuple(sections),
        tuple(questions),
        tuple(topics),
        tuple(concepts),
        tuple(small_talk),
        tuple(sorted(faults)),
        _revision(texts),
    )


def _read_files(path: Path, faults: list[Fault]) -> list[TextFile]:
    try:
        paths = _paths(path)
        if not path.exists():
            faults.append(Fault(str(path), 0, "error", "there is no such file or folder"))
    except OSError as error:
        faults.append(Fault(str(path), 0, "error", f"cannot be read: {error.strerror}"))
        return []
    root = path.parent if path.is_file() else path
    read = [_read(file, root, faults) for file in paths if file.is_file()]
    for file in read:
        if file and file.base.endswith((".yaml", ".yml")) and file.base not in _KNOWN:
            faults.append(Fault(file.name, 0, "warning", f"is not used; known names are {', '.join(_KNOWN)}"))
    return [file for file in read if file]


def _paths(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix.lower() in (".md", ".yaml", ".yml"))


def _read(path: Path, root: Path, faults: list[Fault]) -> TextFile | None:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        faults.append(Fault(str(path), 0, "error", f"cannot be read: {error.strerror}"))
        return None
    except UnicodeDecodeError as error:
        faults.append(Fault(str(path), 0, "error", f"is not UTF-8 text: byte {error.start} is wrong"))
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        faults.append(Fault(str(path), line, "error", "is not a text file: it holds a NUL byte"))
        return None
    folder = path.parent.relative_to(root).as_posix()
    return TextFile(str(path), "" if folder == "." else folder, path.name, text)


def _sections_beside(text: TextFile, markdown: Sequence[TextFile], sections: Sequence[Section]) -> dict[str, Section]:
    """Sections of the documents that lie in the same folder as a YAML file."""
    documents, _ = read_documents([file for file in markdown if file.folder == text.folder], [])
    ids = {document.id for document in documents}
    return {section.key.section: section for section in sections if section.key.document in ids}


def _with_related(sections: Sequence[Section], notes: dict[SectionKey, SectionNotes]) -> list[Section]:
    return [
        replace(section, related=notes[section.key].related) if section.key in notes else section
        for section in sections
    ]


def _refuse_repeated_ids(ids: Sequence[str], what: str, path: Path, faults: list[Fault]) -> None:
    for identifier in sorted({identifier for identifier in ids if ids.count(identifier) > 1}):
        faults.append(Fault(str(path), 0, "error", f"{what} {identifier!r} stands in two files"))


def _revision(texts: Sequence[TextFile]) -> str:
    digest = hashlib.sha256()
    for file in texts:
        digest.update(f"{file.folder}/{file.base}\0{file.text}\0".encode())
    return digest.hexdigest()[:16]
