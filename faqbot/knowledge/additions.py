"""What is added to the files of the knowledge, gathered file by file and written at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from faqbot.knowledge.edits import Phrasing
from faqbot.knowledge.files import TextFile
from faqbot.knowledge.written import MoreQuestionsOf, NewTopicText, more_questions, more_topics
from faqbot.yaml_file import compose

_QUESTIONS, _TOPICS = "questions.yaml", "not-covered.yaml"


@dataclass
class _Folder:
    """What is added to the YAML files of one folder."""

    sections: dict[str, MoreQuestionsOf] = field(default_factory=dict)
    """By id of a section."""
    new_topics: dict[str, NewTopicText] = field(default_factory=dict)
    more_topics: dict[str, list[Phrasing]] = field(default_factory=dict)
    """By id of a topic, the questions it gets besides."""


class Additions:
    """Gathers what is added to the texts of files."""

    def __init__(self, texts: Sequence[TextFile]) -> None:
        self._texts = tuple(texts)
        self._folders: dict[str, _Folder] = {}
        self._markdown: dict[str, list[str]] = {}

    def add_markdown(self, name: str, block: str) -> None:
        """Add a block at the end of the file with that name."""
        self._markdown.setdefault(name, []).append(block)

    def add_questions(
        self, folder: str, section: str, questions: Sequence[Phrasing], answer: Mapping[str, str]
    ) -> None:
        """Add questions about a section, given by its id.

        :param answer: By language code, the passage that answers, word for word; empty when the whole section does.
        """
        if questions:
            self._folder(folder).sections.setdefault(section, MoreQuestionsOf()).add(questions, answer)

    def add_topic(self, folder: str, topic: str, text: NewTopicText) -> None:
        """Add a topic, given by its id, that no file has yet."""
        self._folder(folder).new_topics[topic] = text

    def add_topic_questions(self, topic: str, questions: Sequence[Phrasing]) -> None:
        """Add questions about a topic that a file has, or that was added."""
        for folder in self._folders.values():
            if topic in folder.new_topics:
                folder.new_topics[topic].questions.extend(questions)
                return
        folder_name = next(text.folder for text in self._texts if text.base == _TOPICS and _has_key(text.text, topic))
        if questions:
            self._folder(folder_name).more_topics.setdefault(topic, []).extend(questions)

    def texts(self, path: Path) -> tuple[TextFile, ...]:
        """Return the texts of all files with what was added.

        :param path: Where the files are; a file that is new is named below it.
        :raises EditError: if a file cannot be added to.
        """
        changed = {text.name: text for text in self._texts}
        for name, blocks in self._markdown.items():
            changed[name] = replace(changed[name], text=_appended(changed[name].text, blocks))
        for folder, more in self._folders.items():
            for base, change in ((_QUESTIONS, more.sections), (_TOPICS, more.new_topics or more.more_topics)):
                if change:
                    file = self._file(folder, base, path)
                    changed[file.name] = replace(file, text=_extended(file, more))
        return tuple(sorted(changed.values(), key=lambda text: Path(text.name)))

    def _folder(self, folder: str) -> _Folder:
        return self._folders.setdefault(folder, _Folder())

    def _file(self, folder: str, base: str, path: Path) -> TextFile:
        found = next((text for text in self._texts if (text.folder, text.base) == (folder, base)), None)
        alone = any(text.name == str(path) for text in self._texts)
        root = path.parent if alone else path
        return found or TextFile(str(root / folder / base), folder, base, "")


def _has_key(text: str, key: str) -> bool:
    root = compose(text)
    return isinstance(root, yaml.MappingNode) and any(node.value == key for node, _ in root.value)


def _appended(text: str, blocks: Sequence[str]) -> str:
    line_break = "\r\n" if "\r\n" in text else "\n"
    added = "".join(f"\n{block}\n" for block in blocks).replace("\n", line_break)
    return text + ("" if not text or text.endswith("\n") else line_break) + added


def _extended(file: TextFile, more: _Folder) -> str:
    if file.base == _QUESTIONS:
        return more_questions(file.text, more.sections)
    return more_topics(file.text, more.new_topics, more.more_topics)
