"""Edits are taken only as far as the knowledge, and the edits before them, allow."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from faqbot.errors import EditError
from faqbot.knowledge.additions import Additions
from faqbot.knowledge.documents import DocumentRead, read_documents
from faqbot.knowledge.edits import KnowledgeEdit, MoreQuestions, MoreTopicQuestions, NewSection, NewTopic, Phrasing
from faqbot.knowledge.files import TextFile
from faqbot.knowledge.markdown import is_id
from faqbot.knowledge.model import KnowledgeBase, SectionKey, SectionText
from faqbot.knowledge.new_section import markdown_of, text_of
from faqbot.knowledge.ownership import Ownership
from faqbot.knowledge.written import NewTopicText


class Extension:
    """Takes edits one after another, and writes all of them into the texts at once."""

    def __init__(self, texts: Sequence[TextFile], base: KnowledgeBase) -> None:
        """Take the texts of the files, and what they say."""
        self._texts = {text.name: text for text in texts}
        self._base = base
        markdown = [text for text in texts if text.base.lower().endswith(".md")]
        self._documents = {each.document.id: each for each in read_documents(markdown, [])}
        self._ownership = Ownership(base.questions)
        self._additions = Additions(texts)
        self._new_texts: dict[SectionKey, Mapping[str, SectionText]] = {}
        self.added_sections: list[SectionKey] = []
        self.added_topics: list[str] = []

    @property
    def added_questions(self) -> Sequence[tuple[str, str, str]]:
        """Owner, language and text of each question."""
        return self._ownership.added

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
        """Return the texts of all files with what was taken, as ``Additions.texts`` does."""
        return self._additions.texts(path)

    def _take_questions(self, edit: MoreQuestions) -> None:
        document, texts = self._document(edit.section.document), self._section_texts(edit.section)
        for language, passage in edit.answer.items():
            text = texts.get(language)
            if text is None or passage not in [each.text for each in text.passages]:
                message = f"section {edit.section} has no passage {passage!r} in {language!r}"
                raise EditError("no_passage", passage, message)
        new = self._ownership.free(edit.questions, str(edit.section))
        self._add_to_section(document, edit.section, new, edit.answer)

    def _take_section(self, edit: NewSection) -> None:
        document, key = self._document(edit.key.document), edit.key
        if not is_id(key.section):
            raise _bad_id(key.section)
        unknown = sorted(set(edit.titles) - set(document.files))
        if unknown:
            raise EditError("no_language", unknown[0], f"document {key.document!r} has no file in {unknown[0]!r}")
        parsed = {language: text_of(edit, language) for language in edit.titles}
        there = self._ids_in(document.folder).get(key.section)
        missing = [language for language in parsed if there is None or there.get(language) != parsed[language]]
        if there is not None and (key not in self._base.by_key or any(language in there for language in missing)):
            raise EditError("id_taken", key.section, f"there is a section {key.section!r} already")
        new = self._ownership.free(edit.questions, str(key))
        for language in missing:
            name = document.files[language]
            self._additions.add_markdown(name, markdown_of(edit, language, self._texts[name].text))
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
        new = self._ownership.free(edit.questions, owner)
        if there is None:
            topic = NewTopicText(edit.titles, edit.replies, edit.nearest, list(new))
            self._additions.add_topic(document.folder, edit.id, topic)
            self.added_topics.append(edit.id)
        else:
            self._additions.add_topic_questions(edit.id, new)
        self._ownership.give(owner, new)

    def _take_topic_questions(self, edit: MoreTopicQuestions) -> None:
        owner = f"topic:{edit.topic}"
        if edit.topic not in self.added_topics and owner not in self._base.by_owner:
            raise EditError("no_topic", edit.topic, f"there is no topic {edit.topic!r}")
        new = self._ownership.free(edit.questions, owner)
        self._additions.add_topic_questions(edit.topic, new)
        self._ownership.give(owner, new)

    def _add_to_section(
        self, document: DocumentRead, key: SectionKey, questions: Sequence[Phrasing], answer: Mapping[str, str]
    ) -> None:
        self._additions.add_questions(document.folder, key.section, questions, answer)
        self._ownership.give(str(key), questions)

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


def _bad_id(identifier: str) -> EditError:
    message = f"id {identifier!r} is not allowed: lower-case letters, digits, single hyphens"
    return EditError("bad_id", identifier, message)
