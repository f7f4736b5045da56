"""A running assistant follows good edits of its knowledge and keeps the old knowledge through bad ones."""

import logging
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from threading import Thread

import pytest

from faqbot.assistant import Assistant, Question
from faqbot.errors import KnowledgeError, StoreDownError
from faqbot.knowledge.edits import KnowledgeEdit
from faqbot.live import SECONDS_BETWEEN_LOOKS, LiveAssistant
from faqbot.startup import load_stamped
from tests.conftest import DATA
from tests.knowledge.editing import EVENINGS, LOCKERS, ROOMS, SCANNER, Kept, kept


class Running:
    """A live assistant with a clock that is set by hand."""

    def __init__(self, knowledge: Path) -> None:
        self.knowledge = knowledge
        self.now = 1_000.0
        self.live = LiveAssistant(knowledge, clock=lambda: self.now)

    def look(self, seconds: float = SECONDS_BETWEEN_LOOKS) -> Assistant:
        """Let time pass, look at the files, and wait for what that loads."""
        self.now += seconds
        self.live.current()
        self.live.settle()
        return self.live.current()

    def edit(self, before: str, after: str) -> None:
        """Change the English document."""
        file = self.knowledge / "guide" / "library.en.md"
        file.write_text(file.read_text("utf-8").replace(before, after), "utf-8")

    def passage(self) -> str | None:
        """Ask when the library is closed."""
        return self.live.current().ask(Question("are you open on Sunday")).passage


@pytest.fixture
def running(library_folder: Path) -> Running:
    return Running(library_folder)


def break_yaml(running: Running) -> None:
    (running.knowledge / "glossary.yaml").write_text("book: [\n", "utf-8")


def break_encoding(running: Running) -> None:
    (running.knowledge / "guide" / "library.vi.md").write_bytes(b"# Th\xff vi\xean\n")


def name_a_section_that_is_not_there(running: Running) -> None:
    running.edit("{#hours", "{#times")


def break_calibration(running: Running) -> None:
    (running.knowledge / "calibration.yaml").write_text("weights: heavy\n", "utf-8")


def take_everything_away(running: Running) -> None:
    rmtree(running.knowledge)


def leave_a_link_that_leads_nowhere(running: Running) -> None:
    (running.knowledge / "link.md").symlink_to("x" * 300)


FAULTY = [
    break_yaml,
    break_encoding,
    name_a_section_that_is_not_there,
    break_calibration,
    take_everything_away,
    leave_a_link_that_leads_nowhere,
]


def test_a_good_edit_is_taken(running: Running) -> None:
    running.edit("It is closed on Sundays.", "It is closed on Sundays and holidays.")
    questions = running.knowledge / "guide" / "questions.yaml"
    questions.write_text(questions.read_text("utf-8").replace("closed on Sundays.", "closed on Sundays and holidays."))
    running.look()
    assert running.passage() == "It is closed on Sundays and holidays."
    assert running.live.fault is None


def test_a_new_document_is_taken(running: Running) -> None:
    (running.knowledge / "cafe").mkdir()
    (running.knowledge / "cafe" / "cafe.en.md").write_text("# Café\n\n## Menu\n\nWe sell coffee.\n", "utf-8")
    assert len(running.look().knowledge.documents) == 2


def test_the_files_are_not_looked_at_more_often_than_that(running: Running) -> None:
    old = running.live.current()
    running.edit("7 more days", "10 more days")
    assert running.look(SECONDS_BETWEEN_LOOKS - 0.1) is old
    assert running.look(0.1) is not old


def test_without_an_edit_the_assistant_stays(running: Running) -> None:
    assert running.look() is running.look()


@pytest.mark.parametrize("damage", FAULTY)
def test_a_faulty_edit_leaves_the_old_knowledge(running: Running, damage: Callable[[Running], None]) -> None:
    damage(running)
    running.look()
    assert running.passage() == "It is closed on Sundays."
    assert running.live.fault


def test_the_fault_says_where(running: Running, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    break_yaml(running)
    running.look()
    assert running.live.fault is not None
    assert f"{running.knowledge / 'glossary.yaml'}:" in running.live.fault
    assert running.live.fault in caplog.text


def test_a_repaired_edit_is_taken(running: Running, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    running.edit("{#hours", "{#times")
    running.look()
    running.edit("{#times", "{#hours")
    running.edit("7 more days", "10 more days")
    revision = running.look().knowledge.revision
    assert running.live.fault is None
    assert f"knowledge loaded, revision {revision}" in caplog.text


def test_knowledge_that_comes_back_as_it_was_is_well_again(running: Running) -> None:
    leave_a_link_that_leads_nowhere(running)
    running.look()
    (running.knowledge / "link.md").unlink()
    running.look()
    assert running.live.fault is None


def test_knowledge_that_went_away_and_came_back_is_well_again(running: Running, tmp_path: Path) -> None:
    running.knowledge.rename(tmp_path / "aside")
    running.look()
    assert running.live.fault is not None
    (tmp_path / "aside").rename(running.knowledge)
    running.look()
    assert running.live.fault is None


def test_nobody_waits_for_an_edit_to_load(running: Running) -> None:
    replies: list[str | None] = []
    running.edit("7 more days", "10 more days")
    running.now += SECONDS_BETWEEN_LOOKS
    askers = [Thread(target=lambda: replies.append(running.passage())) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    running.live.settle()
    assert replies == ["It is closed on Sundays."] * 8


def test_an_edit_during_a_load_is_taken_at_the_next_look(running: Running) -> None:
    for _ in range(20):
        running.edit("7 more", "7 more more")
        running.now += SECONDS_BETWEEN_LOOKS
        running.live.current()
    running.live.settle()
    text = running.look().ask(Question("how often can I renew")).text
    assert f"for 7 {'more ' * 21}days" in text


def test_it_does_not_start_with_a_fault(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no such file"):
        LiveAssistant(tmp_path / "nowhere")


def test_it_starts_from_what_is_loaded_already_and_takes_what_was_edited_since(running: Running) -> None:
    loaded = load_stamped(running.knowledge)
    running.edit("7 more days", "10 more days")
    running.live = LiveAssistant(running.knowledge, loaded=loaded, clock=lambda: running.now)
    assert running.live.current() is loaded.assistant
    assert "10 more days" in running.look().ask(Question("how often can I renew")).text


def test_settling_without_a_load_returns_at_once() -> None:
    live = LiveAssistant(DATA / "library")
    live.settle()
    assert live.fault is None


class Edits:
    """A source of edits that can be down."""

    def __init__(self) -> None:
        self.kept: list[Kept] = []
        self.down = False
        self.looks = 0

    def revision(self) -> str:
        self.looks += 1
        if self.down:
            raise StoreDownError("the store is down")
        return str(self.kept)

    def in_force(self) -> list[Kept]:
        return list(self.kept)

    def put(self, *edits: KnowledgeEdit) -> None:
        self.kept = kept(*edits)


@pytest.fixture
def edits() -> Edits:
    return Edits()


@pytest.fixture
def following(running: Running, edits: Edits) -> Running:
    running.live = LiveAssistant(running.knowledge, edits=edits, clock=lambda: running.now)
    return running


def sections(assistant: Assistant) -> list[str]:
    return [section.key.section for section in assistant.knowledge.sections]


def test_an_edit_in_the_store_is_taken_and_taken_back(following: Running, edits: Edits) -> None:
    edits.put(ROOMS)
    assert "rooms" in sections(following.look())
    edits.put()
    assert "rooms" not in sections(following.look())


def test_edits_are_there_from_the_start(running: Running, edits: Edits) -> None:
    edits.put(ROOMS)
    loaded = load_stamped(running.knowledge, edits)
    for first in (loaded, None):
        live = LiveAssistant(running.knowledge, loaded=first, edits=edits)
        assert "rooms" in sections(live.current())


def test_edits_stay_when_a_file_changes(following: Running, edits: Edits) -> None:
    edits.put(ROOMS)
    following.look()
    following.edit("It is closed on Sundays.", "It is closed on Sundays and holidays.")
    questions = following.knowledge / "guide" / "questions.yaml"
    questions.write_text(questions.read_text("utf-8").replace("closed on Sundays.", "closed on Sundays and holidays."))
    assert "rooms" in sections(following.look())
    assert following.passage() == "It is closed on Sundays and holidays."


def test_who_saved_an_edit_sees_it_at_once(following: Running, edits: Edits) -> None:
    edits.put(ROOMS, LOCKERS)
    following.live.refresh()
    assert "rooms" in sections(following.live.current())


def test_a_store_that_is_down_changes_nothing(following: Running, edits: Edits) -> None:
    edits.put(ROOMS)
    before = following.look()
    edits.down = True
    assert following.look() is before
    following.live.refresh()
    assert following.live.current() is before


def test_a_store_that_comes_back_is_heard(running: Running, edits: Edits) -> None:
    edits.put(SCANNER)
    edits.down = True
    running.live = LiveAssistant(running.knowledge, edits=edits, clock=lambda: running.now)
    assert len(running.look().knowledge.questions) == len(LiveAssistant(DATA / "library").current().knowledge.questions)
    edits.down = False
    assert "is there a scanner" in [question.text for question in running.look().knowledge.questions]


def test_the_store_is_asked_no_more_often_than_the_files(following: Running, edits: Edits) -> None:
    before = edits.looks
    for _ in range(10):
        following.look(SECONDS_BETWEEN_LOOKS / 10)
    assert edits.looks == before + 1


def test_without_other_edits_the_assistant_stays(following: Running, edits: Edits) -> None:
    assert following.look() is following.look()


def test_what_is_recalled_has_the_same_edits(running: Running, edits: Edits) -> None:
    edits.put(EVENINGS)
    with_edits = LiveAssistant(running.knowledge, edits=edits).current().knowledge.revision
    assert LiveAssistant(running.knowledge).current().knowledge.revision != with_edits
    assert LiveAssistant(running.knowledge, edits=edits).current().knowledge.revision == with_edits
