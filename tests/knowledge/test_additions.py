"""What is added stands at the end of the files that it belongs to; files that are missing are made."""

from pathlib import Path

from faqbot.knowledge.additions import Additions
from faqbot.knowledge.files import TextFile
from faqbot.knowledge.written import NewTopicText

FOLDER = Path("/knowledge")
GUIDE = TextFile("/knowledge/guide/a.en.md", "guide", "a.en.md", "## Loans {#loans}\r\n\r\nFive books.")


def written(additions: Additions, path: Path = FOLDER) -> dict[str, str]:
    """Return the texts of all files by name."""
    return {text.name: text.text for text in additions.texts(path)}


def test_without_additions_the_texts_stay() -> None:
    assert Additions([GUIDE]).texts(FOLDER) == (GUIDE,)


def test_markdown_is_added_with_the_line_breaks_of_the_file() -> None:
    additions = Additions([GUIDE])
    additions.add_markdown(GUIDE.name, "## Fines\n\nNone.")
    assert written(additions)[GUIDE.name] == f"{GUIDE.text}\r\n\r\n## Fines\r\n\r\nNone.\r\n"


def test_a_file_that_is_missing_is_made_in_its_folder_or_beside_a_single_file() -> None:
    additions = Additions([GUIDE])
    additions.add_questions("guide", "loans", [("en", "how many")], {})
    assert "/knowledge/guide/questions.yaml" in written(additions)
    alone = Additions([TextFile("/knowledge/a.md", "", "a.md", GUIDE.text)])
    alone.add_questions("", "loans", [("en", "how many")], {})
    assert "/knowledge/questions.yaml" in written(alone, Path("/knowledge/a.md"))


def test_a_topic_gets_more_questions_wherever_it_stands() -> None:
    topics = TextFile(
        "/knowledge/guide/not-covered.yaml", "guide", "not-covered.yaml", "pets: {questions: {en: [a]}}\n"
    )
    additions = Additions([GUIDE, topics])
    additions.add_topic_questions("pets", [("en", "b")])
    assert written(additions)[topics.name] == 'pets: {questions: {en: [a, "b"]}}\n'
    fresh = Additions([GUIDE])
    lockers = NewTopicText({"en": "Lockers"}, {"en": "Not covered."}, None, [("en", "lockers")])
    fresh.add_topic("guide", "lockers", lockers)
    fresh.add_topic_questions("lockers", [("en", "where do bags go")])
    assert "where do bags go" in written(fresh)[topics.name]


def test_no_questions_make_no_file() -> None:
    additions = Additions([GUIDE])
    additions.add_questions("guide", "loans", [], {})
    assert additions.texts(FOLDER) == (GUIDE,)
