"""Carrying a whole store over into one file, and back."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from faqbot.errors import SettingsError, StoreDownError, StoreError
from faqbot.reply import Conversation
from faqbot.store.backup import back_up, restore
from faqbot.store.column_types import now
from faqbot.store.exchanges import Verdict
from faqbot.store.role import Role
from faqbot.store.store import Store
from faqbot.store.tables import deliveries, metadata, outbox, settled_gaps
from faqbot.store.ticket import EntryKind
from tests.store.making import at_once, exchange, ticket

Rows = dict[str, list[tuple[object, ...]]]
OpenStore = Callable[[str], Store]


def everything(store: Store) -> Rows:
    """Return all rows of all tables but of the one that only remembers a day."""
    with store.database.reading() as connection:
        tables = [table for table in metadata.sorted_tables if table is not deliveries]
        return {each.name: sorted(map(tuple, connection.execute(select(each))), key=repr) for each in tables}


@pytest.fixture
def full(store: Store) -> Store:
    """A store with something in every table."""
    store.exchanges.keep([exchange(str(number), question=f"câu {number}\0🎉") for number in range(1_100)])
    store.feedback.give(Verdict("7", now(), False, None))
    store.tickets.say(ticket(store, conversation="talk").id, EntryKind.REPLY, "dạ", author="lan")
    edit = store.edits.add("question", {"vi": ["mấy giờ", None]}, author="lan")
    store.users.put("lan", Role.ADMIN, "mật khẩu dài")
    store.tokens.create("zammad", Role.AGENT)
    store.hooks.add("it", "zulip")
    store.threads.keep("slack", "T1", Conversation("vi", id="talk"))
    store.audit.note("lan", "edit.add", edit)
    with store.database.writing() as connection:
        notice = {"target": "t", "event": "e", "content": {}, "status": "sent", "attempts": 1, "next_attempt": now()}
        connection.execute(outbox.insert().values(created=now(), **notice))
        connection.execute(settled_gaps.insert().values(question="may gio", at=now(), author="lan", edit=edit))
    assert all(everything(store).values())
    return store


def test_a_backup_holds_everything_and_goes_into_either_kind_of_store(
    full: Store, empty_url: str, open_store: OpenStore, tmp_path: Path
) -> None:
    back_up(full.database, tmp_path / "backup")
    other = open_store(empty_url)
    other.deliveries.first("slack", "1")
    restore(other.database, tmp_path / "backup")
    assert everything(other) == everything(full)


def test_a_restored_store_goes_on_where_the_other_stopped(
    full: Store, empty_url: str, open_store: OpenStore, tmp_path: Path
) -> None:
    back_up(full.database, tmp_path / "backup")
    other = open_store(empty_url)
    restore(other.database, tmp_path / "backup")
    last = other.tickets.list()[0].id
    assert ticket(other).id > last
    assert other.users.log_in("lan", "mật khẩu dài") is not None
    assert other.users.put("minh", Role.AGENT, "mật khẩu dài").id > other.users.all()[0].id


def test_a_backup_is_one_file_for_its_owner_alone(full: Store, tmp_path: Path) -> None:
    (tmp_path / "safe").mkdir()
    back_up(full.database, tmp_path / "safe" / "backup")
    assert [each.name for each in (tmp_path / "safe").iterdir()] == ["backup"]
    assert (tmp_path / "safe" / "backup").stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(tmp_path / "safe" / "backup")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_backup_is_of_one_moment_while_others_write(full: Store, tmp_path: Path, open_store: OpenStore) -> None:
    before = len(full.tickets.list())

    def work(number: int) -> None:
        if number:
            ticket(full, idempotency_key=str(number))
        else:
            back_up(full.database, tmp_path / "backup")

    at_once(8, work)
    copy = open_store(f"sqlite:///{tmp_path / 'backup'}")
    found = copy.tickets.list()
    assert before <= len(found) <= before + 7
    assert all(copy.tickets.entries(each.id) for each in found)


def test_a_file_that_is_there_is_not_overwritten(store: Store, tmp_path: Path) -> None:
    (tmp_path / "backup").write_text("precious", "ascii")
    with pytest.raises(SettingsError, match="is there already"):
        back_up(store.database, tmp_path / "backup")
    assert (tmp_path / "backup").read_text("ascii") == "precious"


def test_a_backup_that_cannot_be_written_says_so(store: Store, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be written"):
        back_up(store.database, tmp_path / "nowhere" / "backup")


def test_a_store_that_is_down_cannot_be_backed_up(open_store: OpenStore, tmp_path: Path) -> None:
    with pytest.raises(StoreDownError):
        back_up(open_store("postgresql://nobody@127.0.0.1:1/none").database, tmp_path / "backup")
    assert list(tmp_path.iterdir()) == []


def test_a_store_with_something_in_it_is_left_alone(full: Store, tmp_path: Path) -> None:
    back_up(full.database, tmp_path / "backup")
    before = everything(full)
    with pytest.raises(SettingsError, match=r"not empty: there is something in audit, .*users"):
        restore(full.database, tmp_path / "backup")
    assert everything(full) == before


@pytest.mark.parametrize("content", [b"", b"what?" * 1_000, None])
def test_what_is_no_backup_is_refused(store: Store, tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "backup").write_bytes(content)
    with pytest.raises(SettingsError, match=r"is no backup of faqbot|cannot be read"):
        restore(store.database, tmp_path / "backup")


def test_another_programs_database_is_refused(store: Store, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other")) as connection:
        connection.execute("CREATE TABLE users (id)")
    with pytest.raises(SettingsError, match="is no backup of faqbot"):
        restore(store.database, tmp_path / "other")


def test_a_backup_of_a_later_version_is_refused(store: Store, tmp_path: Path) -> None:
    back_up(store.database, tmp_path / "backup")
    with closing(sqlite3.connect(tmp_path / "backup")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="later version"):
        restore(store.database, tmp_path / "backup")


def test_a_backup_that_does_not_fit_leaves_nothing_behind(
    full: Store, empty_url: str, open_store: OpenStore, tmp_path: Path
) -> None:
    back_up(full.database, tmp_path / "backup")
    with closing(sqlite3.connect(tmp_path / "backup")) as connection, connection:
        connection.execute("UPDATE ticket_entries SET ticket = 999")
    other = open_store(empty_url)
    with pytest.raises(StoreError, match=r"^the store refuses"):
        restore(other.database, tmp_path / "backup")
    assert not any(everything(other).values())
