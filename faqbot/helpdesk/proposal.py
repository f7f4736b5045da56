"""From what an editor fills in about a gap to an edit of the knowledge."""

from collections.abc import Mapping
from dataclasses import dataclass

from faqbot.errors import EditError
from faqbot.helpdesk.gaps import Gap
from faqbot.knowledge.edits import (
    KnowledgeEdit,
    MoreQuestions,
    MoreTopicQuestions,
    NewSection,
    NewTopic,
    content_of,
    edit_of,
)
from faqbot.knowledge.markdown import slug
from faqbot.knowledge.model import KnowledgeBase, Section, SectionKey
from faqbot.language.pack import LANGUAGES

MOST_WORDINGS = 6
"""That are proposed as questions; editors may write more."""


@dataclass(frozen=True, slots=True)
class Target:
    """What questions can be added to: a section, or one of its passages."""

    value: str
    """How a form names it: ``document/section``, with ``#`` and a number for a passage."""
    words: str
    """The passage; "" for the whole section."""


def targets(section: Section, language: str) -> tuple[Target, ...]:
    """Return a section as a whole, and its passages in that language or the one that it has."""
    _, text = section.text_in(language)
    passages = [Target(f"{section.key}#{at}", passage.text) for at, passage in enumerate(text.passages)]
    return (Target(str(section.key), ""), *passages)


def proposed_questions(gap: Gap) -> dict[str, str]:
    """Return the wordings of a gap for each language's box, one a line."""
    lines: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    languages = {each.exchange.question.strip(): each.exchange.language for each in gap.examples}
    for wording in gap.wordings[:MOST_WORDINGS]:
        lines[languages.get(wording, gap.language)].append(" ".join(wording.split()))
    return {language: "\n".join(texts) for language, texts in lines.items()}


def edit_from(form: Mapping[str, str], knowledge: KnowledgeBase, language: str) -> KnowledgeEdit:
    """Return the edit that a form asks for.

    :param language: Of the page, which numbers the passages.
    :raises EditError: if something is missing.
    """
    questions = [
        [code, line] for code in LANGUAGES for line in form.get(f"questions_{code}", "").splitlines() if line.strip()
    ]
    by_language = {
        name: {code: form.get(f"{name}_{code}", "") for code in LANGUAGES} for name in ("title", "body", "reply")
    }
    match form.get("choice"):
        case MoreQuestions.kind:
            return edit_of(
                MoreQuestions.kind, {**_target(form.get("target", ""), knowledge, language), "questions": questions}
            )
        case MoreTopicQuestions.kind:
            content = {"topic": form.get("topic", ""), "questions": questions}
            if not content["topic"]:
                raise EditError("no_topic", "", "no topic is chosen")
            return edit_of(MoreTopicQuestions.kind, content)
        case NewSection.kind:
            bodies = {code: text for code, text in by_language["body"].items() if text.strip()}
            name = _identifier(form, by_language["title"])
            section = {"document": form.get("document", ""), "section": name, "questions": questions}
            return edit_of(NewSection.kind, {**section, "titles": by_language["title"], "bodies": bodies})
        case NewTopic.kind:
            nearest = form.get("nearest", "")
            document, _, section_id = nearest.partition("/")
            topic = {
                "document": document or form.get("document", "") or knowledge.documents[0].id,
                "topic": _identifier(form, by_language["title"]),
                "nearest": section_id or None,
                "questions": questions,
            }
            return edit_of(NewTopic.kind, {**topic, "titles": by_language["title"], "replies": by_language["reply"]})
    raise EditError("malformed", "", "nothing is chosen")


def subject_of(edit: KnowledgeEdit) -> str:
    """Return what an edit is about: the id of a section or a topic."""
    content = content_of(edit)
    return str(content["topic"]) if "topic" in content else f"{content['document']}/{content['section']}"


def title_of(edit: KnowledgeEdit, knowledge: KnowledgeBase, language: str) -> str:
    """Return what people call the section or topic of an edit; its id where the knowledge does not have it any more."""
    match edit:
        case NewSection() | NewTopic():
            titles = edit.titles
        case MoreQuestions():
            section = knowledge.by_key.get(edit.section)
            titles = {language: section.text_in(language)[1].title} if section else {}
        case MoreTopicQuestions():
            titles = next((topic.titles for topic in knowledge.topics if topic.id == edit.topic), {})
    return titles.get(language) or next(iter(titles.values()), subject_of(edit))


def _target(value: str, knowledge: KnowledgeBase, language: str) -> dict[str, object]:
    name, _, number = value.partition("#")
    document, _, identifier = name.partition("/")
    section = knowledge.by_key.get(SectionKey(document, identifier))
    if section is None:
        raise EditError("no_section", name, f"there is no section {name!r}")
    return {"document": document, "section": identifier, "answer": _answer(section, number, language)}


def _answer(section: Section, number: str, language: str) -> dict[str, str]:
    """Return the passage of that number in every language whose text has as many, and so the same ones."""
    if not number:
        return {}
    _, text = section.text_in(language)
    if not (number.isascii() and number.isdigit()) or int(number[:6]) >= len(text.passages):
        raise EditError("no_passage", number, f"section {section.key} has no passage {number!r}")
    return {
        code: each.passages[int(number)].text
        for code, each in section.texts.items()
        if len(each.passages) == len(text.passages)
    }


def _identifier(form: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """Return the id that was filled in, or else one made of a title, the English one first."""
    made = [slug(titles[code])[:60].strip("-") for code in reversed(LANGUAGES)]
    return form.get("id", "").strip() or next(filter(None, made), "") or "new"
