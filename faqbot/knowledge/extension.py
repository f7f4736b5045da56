"""What edits add to the files of the knowledge, gathered file by file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

from faqbot.errors import EditError
from faqbot.knowledge.documents import DocumentRead, read_documents
from faqbot.knowledge.edits import KnowledgeEdit, MoreQuestions, MoreTopicQuestions, NewSection, NewTopic, Phrasing
from faqbot.knowledge.files import TextFile
from faqbot.knowledge.markdown import is_id, parse_markdown
from faqbot.knowledge.model import KnowledgeBase, SectionKey, SectionText
from faqbot.knowledge.written import MoreQuestionsOf, NewTopicText, more_questions, more_topics, section_markdown
from faqbot.language.clean import clean
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


class Extension:
    """Takes edits one after another, and writes all of them into the texts at once."""

    def __init__(self, texts: Sequence[TextFile], base: KnowledgeBase) -> None:
        """Take the texts of the files, and what they say."""
        self._texts = tuple(texts)
        self._base = base
        markdown = [text for text in texts if text.base.lower().endswith(".md")]
        self._documents = {each.document.id: each for each in read_documents(markdown, [])}
        self._owners = {_same(question.text): question.owner for question in base.questions if not question.follow_up}
        self._folders: dict[str, _Folder] = {}
        self._markdown: dict[str, list[str]] = {}
        self._new_texts: dict[SectionKey, Mapping[str, SectionText]] = {}
        self.added_questions: list[tuple[str, str, str]] = []
        """Owner, language and text of each question."""
        self.added_sections: list[SectionKey] = []
        self.added_topics: list[str] = []

    def take(self, edit: KnowledgeEdit) -> None:
        """Take an edit; what is there already is not added again.

        :raises EditError: if it cannot be made; then nothing of it is taken.
        """
        match edit:
            case MoreQuestions():
                self._take_questions(edit)
            case NewSection():
                self._take_section(edit)
            case NewTopic():
                self._take_topic(edit)
            case MoreTopicQuestions():
                self._take_topic_questions(edit)

    def texts(self, path: Path) -> tuple[TextFile, ...]:
        """Return the texts of all files with what was taken.

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

    def _take_questions(self, edit: MoreQuestions) -> None:
        document, texts = self._document(edit.section.document), self._section_texts(edit.section)
        for language, passage in edit.answer.items():
            text = texts.get(language)
            if text is None or passage not in [each.text for each in text.passages]:
                message = f"section {edit.section} has no passage {passage!r} in {language!r}"
                raise EditError("no_passage", passage, message)
        new = self._free(edit.questions, str(edit.section))
        self._add_to_section(document, edit.section, new, edit.answer)

    def _take_section(self, edit: NewSection) -> None:
        document, key = self._document(edit.key.document), edit.key
        if not is_id(key.section):
            raise _bad_id(key.section)
        unknown = sorted(set(edit.titles) - set(document.files))
        if unknown:
            raise EditError("no_language", unknown[0], f"document {key.document!r} has no file in {unknown[0]!r}")
        parsed = {language: _parsed(edit, language) for language in edit.titles}
        there = self._ids_in(document.folder).get(key.section)
        missing = [language for language in parsed if there is None or there.get(language) != parsed[language]]
        if there is not None and (key not in self._base.by_key or any(language in there for language in missing)):
            raise EditError("id_taken", key.section, f"there is a section {key.section!r} already")
        new = self._free(edit.questions, str(key))
        for language in missing:
            name = document.files[language]
            block = section_markdown(self._level(name), edit.titles[language], key.section, edit.bodies[language])
            self._markdown.setdefault(name, []).append(block)
        if there is None:
            self._new_texts[key] = parsed
            self.added_sections.append(key)
        self._add_to_section(document, key, new, {})

    def _take_topic(self, edit: NewTopic) -> None:
        document = self._document(edit.document)
        if not is_id(edit.id):
            raise _bad_id(edit.id)
        if edit.nearest is not None and edit.nearest not in self._ids_in(document.folder):
            raise EditError("no_section", edit.nearest, f"there is no section {edit.nearest!r}")
        owner = f"topic:{edit.id}"
        there = next((topic for topic in self._base.topics if topic.id == edit.id), None)
        if edit.id in self.added_topics or (there and dict(there.replies) != dict(edit.replies)):
            raise EditError("id_taken", edit.id, f"there is a topic {edit.id!r} already")
        new = self._free(edit.questions, owner)
        if there is None:
            topic = NewTopicText(edit.titles, edit.replies, edit.nearest, list(new))
            self._folder(document.folder).new_topics[edit.id] = topic
            self.added_topics.append(edit.id)
        else:
            self._more(edit.id, new)
        self._keep(owner, new)

    def _take_topic_questions(self, edit: MoreTopicQuestions) -> None:
        owner = f"topic:{edit.topic}"
        if edit.topic not in self.added_topics and owner not in self._base.by_owner:
            raise EditError("no_topic", edit.topic, f"there is no topic {edit.topic!r}")
        new = self._free(edit.questions, owner)
        self._more(edit.topic, new)
        self._keep(owner, new)

    def _free(self, questions: Sequence[Phrasing], owner: str) -> list[Phrasing]:
        """Return the questions that the owner does not have; those of another owner are refused."""
        for _, text in questions:
            other = self._owners.get(_same(text), owner)
            if other != owner:
                raise EditError("question_taken", text, f"{text!r} is already a question of {other}")
        new = {_same(text): (language, text) for language, text in questions if _same(text) not in self._owners}
        return list(new.values())

    def _keep(self, owner: str, questions: Sequence[Phrasing]) -> None:
        self._owners |= {_same(text): owner for _, text in questions}
        self.added_questions += [(owner, language, text) for language, text in questions]

    def _add_to_section(
        self, document: DocumentRead, key: SectionKey, questions: Sequence[Phrasing], answer: Mapping[str, str]
    ) -> None:
        if questions:
            more = self._folder(document.folder).sections.setdefault(key.section, MoreQuestionsOf())
            more.add(questions, answer)
        self._keep(str(key), questions)

    def _more(self, topic: str, questions: Sequence[Phrasing]) -> None:
        for folder in self._folders.values():
            if topic in folder.new_topics:
                folder.new_topics[topic].questions.extend(questions)
                return
        folder_name = next(text.folder for text in self._texts if text.base == _TOPICS and _has_key(text.text, topic))
        if questions:
            self._folder(folder_name).more_topics.setdefault(topic, []).extend(questions)

    def _document(self, identifier: str) -> DocumentRead:
        if identifier not in self._documents:
            raise EditError("no_document", identifier, f"there is no document {identifier!r}")
        return self._documents[identifier]

    def _section_texts(self, key: SectionKey) -> Mapping[str, SectionText]:
        if key in self._new_texts:
            return self._new_texts[key]
        if key not in self._base.by_key:
            raise EditError("no_section", str(key), f"there is no section {key}")
        return self._base.by_key[key].texts

    def _ids_in(self, folder: str) -> dict[str, Mapping[str, SectionText]]:
        """Return the texts of a folder's sections by id, since the YAML files name them by nothing else."""
        there = {
            section.key.section: section.texts
            for document in self._documents.values()
            if document.folder == folder
            for section in document.sections
        }
        new = {
            key.section: texts
            for key, texts in self._new_texts.items()
            if self._documents[key.document].folder == folder
        }
        return there | new

    def _level(self, name: str) -> int:
        """Return the level of the headings of a file: 2, unless it has several of level 1 and none of 2."""
        text = next(text.text for text in self._texts if text.name == name)
        levels = [part.level for part in parse_markdown(text, name, []).parts]
        return 1 if 2 not in levels and levels.count(1) > 1 else 2

    def _folder(self, folder: str) -> _Folder:
        return self._folders.setdefault(folder, _Folder())

    def _file(self, folder: str, base: str, path: Path) -> TextFile:
        found = next((text for text in self._texts if (text.folder, text.base) == (folder, base)), None)
        alone = any(text.name == str(path) for text in self._texts)
        root = path.parent if alone else path
        return found or TextFile(str(root / folder / base), folder, base, "")


def _bad_id(identifier: str) -> EditError:
    message = f"id {identifier!r} is not allowed: lower-case letters, digits, single hyphens"
    return EditError("bad_id", identifier, message)


def _same(text: str) -> str:
    """Return what two ways of writing down a question share."""
    return clean(text).casefold()


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


def _parsed(edit: NewSection, language: str) -> SectionText:
    """Read a section as it will be read from its file."""
    block = section_markdown(2, edit.titles[language], edit.key.section, edit.bodies[language])
    parts = parse_markdown(f"{block}\n\n## x {{#x}}\n", edit.key.section, []).parts
    if len(parts) != 2 or parts[0].id != edit.key.section:
        raise EditError("has_headings", language, f"the text in {language!r} holds a heading or an unclosed code block")
    if not parts[0].body.passages or not parts[0].title:
        raise EditError("no_text", language, f"there is no text to answer with in {language!r}")
    body = parts[0].body
    return SectionText(parts[0].title, body.passages, body.text, body.html)
