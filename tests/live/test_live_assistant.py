"""A running assistant follows good edits of its knowledge and keeps the old knowledge through bad ones."""

import gc
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import copytree, rmtree
from threading import Event
from weakref import ref

import pytest

from faqbot.assistant import Assistant
from faqbot.errors import KnowledgeError, StoreDownError
from faqbot.knowledge.edits import KnowledgeEdit
from faqbot.live import LiveAssistant
from faqbot.startup import load_stamped
from tests.conftest import DATA
from tests.following import SECONDS, Heard, replace, save_by_renaming
from tests.knowledge.editing import EVENINGS, LOCKERS, ROOMS, SCANNER, Kept, kept


class Running:
    """A live assistant that follows what happens in a copy of the school library."""

    def __init__(self, live: LiveAssistant, heard: Heard) -> None:
        self.live = live
        self.heard = heard

    @property
    def knowledge(self) -> Path:
        return self.live.path

    @property
    def guide(self) -> Path:
        """The English document."""
        return self.knowledge / "guide" / "library.en.md"

    def edit(self, before: str, after: str) -> None:
        """Change the English document."""
        replace(self.guide, before, after)

    def says(self, text: str) -> bool:
        """Whether a section holds a text."""
        sections = self.live.current().knowledge.sections
        return any(text in each.text for section in sections for each in section.texts.values())

    def wait_until_it_says(self, text: str) -> None:
        self.heard.until(lambda: self.says(text))

    def wait_for_a_fault(self) -> str:
        self.heard.until(lambda: self.live.fault)
        return str(self.live.fault)

    def wait_until_well(self) -> None:
        self.heard.until(lambda: self.live.fault is None)


@pytest.fixture
def heard() -> Iterator[Heard]:
    log, found = logging.getLogger("faqbot.live"), Heard()
    before = log.level
    log.setLevel(logging.INFO)
    log.addHandler(found)
    yield found
    log.removeHandler(found)
    log.setLevel(before)


@pytest.fixture
def follow(heard: Heard) -> Iterator[Callable[[LiveAssistant], Running]]:
    """Starts live assistants, and stops them in the end."""
    started: list[LiveAssistant] = []

    def start(live: LiveAssistant) -> Running:
        live.start()
        started.append(live)
        return Running(live, heard)

    yield start
    for live in started:
        live.stop()


@pytest.fixture
def running(library_folder: Path, follow: Callable[[LiveAssistant], Running]) -> Running:
    return follow(LiveAssistant(library_folder))


def write_in_place(running: Running) -> None:
    running.edit("7 more days", "10 more days")


def save_as_editors_do(running: Running) -> None:
    save_by_renaming(running.guide, running.guide.read_text("utf-8").replace("7 more days", "10 more days"))


def replace_the_folder(running: Running) -> None:
    beside = running.knowledge.with_name("beside")
    copytree(running.knowledge, beside)
    replace(beside / "guide" / "library.en.md", "7 more days", "10 more days")
    running.knowledge.rename(running.knowledge.with_name("before"))
    beside.rename(running.knowledge)


def take_away_and_bring_back(running: Running) -> None:
    away = running.knowledge.with_name("away")
    running.knowledge.rename(away)
    running.wait_for_a_fault()
    replace(away / "guide" / "library.en.md", "7 more days", "10 more days")
    away.rename(running.knowledge)


@pytest.mark.parametrize("save", [write_in_place, save_as_editors_do, replace_the_folder, take_away_and_bring_back])
def test_an_edit_is_taken_however_it_is_saved(running: Running, save: Callable[[Running], None]) -> None:
    save(running)
    running.wait_until_it_says("10 more days")
    running.edit("10 more days", "20 more days")
    running.wait_until_it_says("20 more days")
    running.wait_until_well()


def test_a_single_file_is_followed(library_folder: Path, follow: Callable[[LiveAssistant], Running]) -> None:
    file = library_folder / "guide" / "library.en.md"
    running = follow(LiveAssistant(file))
    for days in ("10", "20", "30"):
        save_by_renaming(file, f"# School library\n\n## Renewal\n\nYou may renew a loan for {days} more days.\n")
        running.wait_until_it_says(f"{days} more days")


def release(folder: Path, days: str) -> Path:
    """Unpack a release of the knowledge, whose files have the sizes and times of any other."""
    (folder / "data").mkdir(parents=True)
    file = folder / "data" / "library.en.md"
    file.write_text(f"# School library\n\n## Renewal\n\nYou may renew a loan for {days} more days.\n", "utf-8")
    os.utime(file, (0, 0))
    return folder / "data"


def lead_to(link: Path, target: Path) -> None:
    """Let a link lead elsewhere, in one step."""
    beside = link.with_name("beside")
    beside.symlink_to(target)
    beside.replace(link)


def test_a_link_to_a_release_is_followed(tmp_path: Path, follow: Callable[[LiveAssistant], Running]) -> None:
    first, second = release(tmp_path / "1", "10"), release(tmp_path / "2", "20")
    lead_to(tmp_path / "current", first)
    running = follow(LiveAssistant(tmp_path / "current"))
    for target, days in ((second, "20"), (first, "10"), (second, "20")):
        lead_to(tmp_path / "current", target)
        running.wait_until_it_says(f"{days} more days")


def test_a_config_map_of_kubernetes_is_followed(tmp_path: Path, follow: Callable[[LiveAssistant], Running]) -> None:
    mounted = tmp_path / "mounted"
    first, second = release(mounted / "..1", "10"), release(mounted / "..2", "20")
    lead_to(mounted / "..data", first)
    (mounted / "library.en.md").symlink_to(Path("..data") / "library.en.md")
    running = follow(LiveAssistant(mounted))
    assert running.says("10 more days")
    lead_to(mounted / "..data", second)
    running.wait_until_it_says("20 more days")


def break_yaml(running: Running) -> None:
    (running.knowledge / "glossary.yaml").write_text("book: [\n", "utf-8")


def break_encoding(running: Running) -> None:
    (running.knowledge / "guide" / "library.vi.md").write_bytes(b"# Library\n\n# Th\xff vi\xean\n")


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


@pytest.mark.parametrize("damage", FAULTY)
def test_a_faulty_edit_leaves_the_old_knowledge(running: Running, damage: Callable[[Running], None]) -> None:
    before = running.live.current()
    damage(running)
    running.wait_for_a_fault()
    assert running.live.current() is before


PLACES = [
    (break_yaml, "glossary.yaml:2: error: not valid YAML"),
    (break_encoding, "library.vi.md:3: error: is not UTF-8 text"),
    (name_a_section_that_is_not_there, "questions.yaml:6: error: section 'hours' has no text in 'en'"),
    (break_calibration, "calibration.yaml: error: is no calibration file"),
]


@pytest.mark.parametrize(("damage", "place"), PLACES)
def test_a_fault_says_file_and_line_and_is_logged(
    running: Running, damage: Callable[[Running], None], place: str
) -> None:
    damage(running)
    fault = running.wait_for_a_fault()
    assert place in fault
    assert fault in running.heard.text


def test_a_repaired_edit_is_taken(running: Running) -> None:
    running.edit("{#hours", "{#times")
    running.wait_for_a_fault()
    running.edit("{#times", "{#hours")
    running.edit("7 more days", "10 more days")
    running.wait_until_it_says("10 more days")
    running.wait_until_well()
    assert f"knowledge loaded, revision {running.live.current().knowledge.revision}" in running.heard.text


@pytest.mark.parametrize("name", ["link.md", "guide/notes.md"])
def test_knowledge_that_comes_back_as_it_was_is_well_again(running: Running, name: str) -> None:
    (running.knowledge / name).symlink_to("x" * 300)
    running.wait_for_a_fault()
    (running.knowledge / name).unlink()
    running.wait_until_well()


def test_without_an_edit_the_assistant_stays(running: Running) -> None:
    before = running.live.current()
    running.live.refresh()
    assert running.live.current() is before


def test_the_old_assistant_is_let_go(running: Running) -> None:
    old = ref(running.live.current())
    gc.disable()
    try:
        running.edit("7 more days", "10 more days")
        running.live.refresh()
        assert running.says("10 more days")
        assert old() is None
    finally:
        gc.enable()


def test_one_that_is_stopped_follows_no_more(running: Running) -> None:
    before = running.live.current()
    running.live.stop()
    running.edit("7 more days", "10 more days")
    assert running.live.current() is before
    running.live.refresh()
    assert running.says("10 more days")


def test_it_does_not_start_with_a_fault(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no such file"):
        LiveAssistant(tmp_path / "nowhere")


def test_it_starts_from_what_is_loaded_already_and_takes_at_once_what_was_edited_since(
    library_folder: Path, follow: Callable[[LiveAssistant], Running]
) -> None:
    loaded = load_stamped(library_folder)
    replace(library_folder / "guide" / "library.en.md", "7 more days", "10 more days")
    live = LiveAssistant(library_folder, loaded=loaded)
    assert live.current() is loaded.assistant
    assert follow(live).says("10 more days")


FORKED = """
import logging, os, sys
from pathlib import Path
from faqbot.live import LiveAssistant
from tests.following import Heard, replace
heard = Heard()
logging.getLogger("faqbot.live").addHandler(heard)
logging.getLogger("faqbot.live").setLevel(logging.INFO)
knowledge = Path(sys.argv[1])
live = LiveAssistant(knowledge)
live.start()
child = os.fork()
if child == 0:
    before = live.current()
    print("forked", flush=True)
    heard.until(lambda: live.current() is not before)
    live.stop()
    os._exit(0)
_, status = os.waitpid(child, 0)
live.stop()
sys.exit(os.waitstatus_to_exitcode(status))
"""


def test_a_process_that_was_forked_off_follows_too(library_folder: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", FORKED, str(library_folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process, ExitStack() as end:
        end.callback(process.kill)
        assert process.stdout is not None
        assert process.stdout.readline() == "forked\n"
        replace(library_folder / "guide" / "library.en.md", "7 more days", "10 more days")
        assert process.wait(SECONDS) == 0


ENDING = (
    "import sys; from pathlib import Path; from faqbot.app import create_app; from faqbot.settings import Settings; \
create_app(Settings(knowledge=Path(sys.argv[1]), data=Path(sys.argv[2])))"
)


def test_a_process_that_follows_ends_in_silence(library_folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", ENDING, str(library_folder), str(tmp_path / "data")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


class Edits:
    """A source of edits that can be down, or hang."""

    def __init__(self) -> None:
        self.kept: list[Kept] = []
        self.down = False
        self.answers = Event()
        """Cleared while it hangs."""
        self.answers.set()

    def revision(self) -> str:
        self.answers.wait(SECONDS)
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
def following(library_folder: Path, edits: Edits, follow: Callable[[LiveAssistant], Running]) -> Running:
    return follow(LiveAssistant(library_folder, edits=edits))


def sections(assistant: Assistant) -> list[str]:
    return [section.key.section for section in assistant.knowledge.sections]


def has_rooms(running: Running) -> bool:
    return "rooms" in sections(running.live.current())


def test_an_edit_in_the_store_is_taken_and_taken_back(following: Running, edits: Edits) -> None:
    edits.put(ROOMS)
    following.heard.until(lambda: has_rooms(following))
    edits.put()
    following.heard.until(lambda: not has_rooms(following))


def test_edits_are_there_from_the_start(library_folder: Path, edits: Edits) -> None:
    edits.put(ROOMS)
    loaded = load_stamped(library_folder, edits)
    for first in (loaded, None):
        live = LiveAssistant(library_folder, loaded=first, edits=edits)
        assert "rooms" in sections(live.current())


def test_edits_stay_when_a_file_changes(following: Running, edits: Edits) -> None:
    edits.put(ROOMS)
    following.live.refresh()
    following.edit("7 more days", "10 more days")
    following.wait_until_it_says("10 more days")
    assert has_rooms(following)


def test_who_saved_an_edit_sees_it_at_once(following: Running, edits: Edits) -> None:
    edits.put(ROOMS, LOCKERS)
    following.live.refresh()
    assert has_rooms(following)


def test_a_store_that_is_down_changes_nothing(following: Running, edits: Edits) -> None:
    edits.put(ROOMS)
    following.live.refresh()
    before = following.live.current()
    edits.down = True
    following.live.refresh()
    assert following.live.current() is before


def test_files_are_followed_while_the_store_hangs(following: Running, edits: Edits) -> None:
    edits.answers.clear()
    following.edit("7 more days", "10 more days")
    following.wait_until_it_says("10 more days")
    edits.answers.set()


def test_what_nobody_foresaw_leaves_the_old_knowledge_too(following: Running, edits: Edits) -> None:
    before = following.live.current()
    edits.kept = [Kept(1, "section", {"no JSON": object()})]
    assert "unexpected TypeError" in following.wait_for_a_fault()
    assert following.live.current() is before
    edits.put(ROOMS)
    following.heard.until(lambda: has_rooms(following))


def test_a_store_that_comes_back_is_heard(
    library_folder: Path, edits: Edits, follow: Callable[[LiveAssistant], Running]
) -> None:
    edits.put(SCANNER)
    edits.down = True
    running = follow(LiveAssistant(library_folder, edits=edits))
    assert len(running.live.current().knowledge.questions) == len(
        LiveAssistant(DATA / "library").current().knowledge.questions
    )
    edits.down = False
    running.heard.until(
        lambda: "is there a scanner" in [question.text for question in running.live.current().knowledge.questions]
    )


def test_what_is_recalled_has_the_same_edits(library_folder: Path, edits: Edits) -> None:
    edits.put(EVENINGS)
    with_edits = LiveAssistant(library_folder, edits=edits).current().knowledge.revision
    assert LiveAssistant(library_folder).current().knowledge.revision != with_edits
    assert LiveAssistant(library_folder, edits=edits).current().knowledge.revision == with_edits
