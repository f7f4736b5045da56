"""The store is looked at without being changed."""

from pathlib import Path

import pytest
from sqlalchemy import text

from faqbot.doctor import store as checks
from faqbot.store.access import Role
from faqbot.store.store import Store
from tests.doctor.looking import levels, look

PASSWORD = "correct horse battery"


def test_a_store_that_is_still_to_come_is_well_and_is_not_made(empty_url: str, tmp_path: Path) -> None:
    found = look(checks.tables, DATABASE_URL=empty_url)
    assert (levels(found), found[0].found.endswith("at the first start")) == (["ok"], True)
    assert list(tmp_path.iterdir()) == []


def test_a_store_of_this_version_is_well(store: Store, database_url: str) -> None:
    store.users.all()
    found = look(checks.tables, DATABASE_URL=database_url)
    assert levels(found) == ["ok"]
    assert "revision 0" in found[0].found


@pytest.mark.parametrize(("revision", "expected"), [("0000", "warning"), ("9999", "fault")])
def test_a_store_of_another_version_is_seen_and_stays_so(
    store: Store, database_url: str, revision: str, expected: str
) -> None:
    store.users.all()
    change = text("UPDATE alembic_version SET version_num = :revision")
    current, newest = store.database.revisions()
    with store.database.writing() as connection:
        connection.execute(change, {"revision": revision})
    try:
        assert levels(look(checks.tables, DATABASE_URL=database_url)) == [expected]
        assert look(checks.admins, DATABASE_URL=database_url) == []
        assert store.database.revisions() == (revision, newest)
    finally:
        with store.database.writing() as connection:
            connection.execute(change, {"revision": current})


def test_a_store_that_is_down_is_a_fault_and_its_password_is_not_shown() -> None:
    found = look(checks.tables, DATABASE_URL="postgresql://bot:k3Jq8zP0wTb5Xy@127.0.0.1:1/none")
    assert levels(found) == ["fault"]
    assert found[0].found.startswith("postgresql at 127.0.0.1:1, database none: the store is down")


def test_the_helpdesk_needs_an_admin(store: Store, database_url: str) -> None:
    assert levels(look(checks.admins, DATABASE_URL=database_url)) == ["warning"]
    store.users.put("lan", Role.EDITOR, PASSWORD)
    assert levels(look(checks.admins, DATABASE_URL=database_url)) == ["warning"]
    store.users.put("hoa", Role.ADMIN, PASSWORD)
    found = look(checks.admins, DATABASE_URL=database_url)
    assert (levels(found), found[0].found) == (["ok"], "1 of 2 users")


POSTGRESQL = {"DATABASE_URL": "postgresql://db.example/faqbot"}


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, []),
        ({"REDIS_URL": "redis://127.0.0.1:6379"}, []),
        ({"REDIS_URL": "redis://redis.example"}, ["warning"]),
        (POSTGRESQL, ["warning"]),
        (POSTGRESQL | {"REDIS_URL": "redis://redis.example"}, []),
    ],
)
def test_many_machines_need_a_store_and_a_redis_for_many(environ: dict[str, str], expected: list[str]) -> None:
    assert levels(look(checks.replicas, **environ)) == expected
