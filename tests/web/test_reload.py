"""Edits swap in while a server is being asked: every reply comes, and each is from one release of the knowledge."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from faqbot.knowledge.edits import NewSection, content_of
from faqbot.knowledge.model import SectionKey
from faqbot.settings import Settings
from faqbot.store.store import Store
from faqbot.store.tables import exchanges
from faqbot.web.app import create_app
from tests.following import replace
from tests.web.releases import MARK, Seen, Server, asked, mixed, serving, swap, write

SECONDS_TO_SWAP = 2.0
EDITS = [write, swap, write, swap, write, write]


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    write(tmp_path / "knowledge", 0)
    return tmp_path / "knowledge"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The store of the server."""
    with closing(Store(Settings(data=tmp_path / "data").store_url())) as found:
        yield found


@pytest.fixture
def server(knowledge: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of two workers."""
    with serving(knowledge, tmp_path / "data") as found:
        yield found


def edit_all(server: Server, knowledge: Path) -> list[float]:
    """Edit the files while the server is asked; return for how many seconds after each edit it answered as before."""
    found = []
    with asked(server):
        for number, edit in enumerate(EDITS, 1):
            edit(knowledge, number)
            found.append(server.wait_for(quotes(number), monotonic()))
    return found


def quotes(number: int) -> Callable[[Seen], bool]:
    return lambda seen: f"release{number}" in seen.marks


def test_no_reply_fails_and_none_is_from_two_releases(server: Server, knowledge: Path, store: Store) -> None:
    edit_all(server, knowledge)
    assert mixed(server.seen) == []
    marks = {mark for each in server.seen for mark in each.marks}
    assert marks >= {f"release{number}" for number in range(1, len(EDITS) + 1)}
    assert all(len(found) == 1 for found in by_revision(store).values())


def by_revision(store: Store) -> dict[str, set[str]]:
    """Return what was answered by each revision that a reply was kept with: in each language the marks."""
    found: dict[str, set[str]] = {}
    with store.database.reading() as connection:
        rows = connection.execute(select(exchanges.c.revision, exchanges.c.language, exchanges.c.reply)).all()
    assert rows
    for revision, language, reply in rows:
        found.setdefault(f"{revision} {language}", set()).update(MARK.findall(reply))
    return found


@pytest.mark.timing
def test_an_edit_of_the_files_is_everywhere_within_two_seconds(server: Server, knowledge: Path) -> None:
    assert max(edit_all(server, knowledge)) < SECONDS_TO_SWAP


def room(number: int) -> NewSection:
    titles = {"en": f"Room {number} of release0", "vi": f"Phòng {number} của release0"}
    texts = {"en": f"Room {number} opens at eight in release0.", "vi": f"Phòng {number} mở lúc tám giờ trong release0."}
    return NewSection(SectionKey("hall", f"room-{number}"), titles, texts, (("en", f"when does room {number} open"),))


def edit_the_store(server: Server, store: Store) -> list[float]:
    """Make edits in the store while the server is asked, and take them back; return seconds as ``edit_all`` does."""
    found = []
    with asked(server):
        for number in range(1, 4):
            edit = room(number)
            identifier = store.edits.add(edit.kind, content_of(edit), author="mai")
            found.append(server.wait_for(lambda seen: "room-" in seen.text, monotonic()))
            assert store.edits.undo(identifier)
            found.append(server.wait_for(lambda seen: "room-" not in seen.text, monotonic()))
    return found


def test_an_edit_in_the_store_is_taken_by_every_worker_and_taken_back(server: Server, store: Store) -> None:
    edit_the_store(server, store)
    assert mixed(server.seen) == []


@pytest.mark.timing
def test_an_edit_in_the_store_is_everywhere_within_two_seconds(server: Server, store: Store) -> None:
    assert max(edit_the_store(server, store)) < SECONDS_TO_SWAP


def test_a_faulty_edit_is_named_until_it_is_mended_and_the_old_knowledge_answers(
    server: Server, knowledge: Path
) -> None:
    file = knowledge / "hall" / "questions.yaml"
    with asked(server):
        file.write_text("hours: [\n", "utf-8")
        server.wait_until_ready_says(f"{file}:2: error: not valid YAML")
        write(knowledge, 1)
        server.wait_for(quotes(1), monotonic())
    assert mixed(server.seen) == []


def offered(app: Flask) -> tuple[FlaskClient, str]:
    """Ask what is answered with an offer, of which the second is the section on fines."""
    client = app.test_client(use_cookies=False)
    reply = client.post("/api/chat", json={"message": "how long"}).get_json()
    assert [each["id"] for each in reply["suggestions"]] == ["loans", "fines"]
    return client, reply["context"]


def test_what_was_on_offer_before_a_reload_is_taken_as_it_is_now(library_folder: Path, tmp_path: Path) -> None:
    app = create_app(Settings(knowledge=library_folder, data=tmp_path / "data"))
    client, context = offered(app)
    replace(library_folder / "guide" / "library.en.md", "2,000 dong", "3,000 dong")
    app.extensions["faqbot"].live.refresh()
    reply = client.post("/api/chat", json={"message": "2", "context": context}).get_json()
    assert (reply["section"]["id"], "3,000 dong" in reply["text"]) == ("fines", True)


def test_what_was_on_offer_and_is_gone_is_not_found(library_folder: Path, tmp_path: Path) -> None:
    app = create_app(Settings(knowledge=library_folder, data=tmp_path / "data"))
    client, context = offered(app)
    for file in ("library.en.md", "library.vi.md", "questions.yaml"):
        replace(library_folder / "guide" / file, "fines", "penalties")
    app.extensions["faqbot"].live.refresh()
    reply = client.post("/api/chat", json={"message": "2", "context": context})
    assert (reply.status_code, reply.get_json()["section"]) == (200, None)
