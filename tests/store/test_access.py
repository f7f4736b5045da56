"""Who may use the helpdesk."""

import unicodedata
from itertools import pairwise

import argon2
import pytest
from argon2 import PasswordHasher

from faqbot.errors import SettingsError
from faqbot.store.access import SHORTEST_PASSWORD, Role
from faqbot.store.secret import fingerprint
from faqbot.store.store import Store
from faqbot.store.tables import tokens, users
from tests.store.making import at_once

PASSWORD = "mật khẩu rất dài"


def test_each_role_may_do_what_those_before_it_may() -> None:
    assert [str(role) for role in Role] == ["agent", "editor", "admin"]
    for lower, higher in pairwise(Role):
        assert higher.may(lower)
        assert not lower.may(higher)
        assert lower.may(lower)


def test_a_user_logs_in_with_the_right_password_only(store: Store) -> None:
    user = store.users.put("lan", Role.EDITOR, PASSWORD)
    assert (user.name, user.role, user.epoch) == ("lan", "editor", 0)
    assert store.users.log_in("lan", PASSWORD) == user == store.users.get(user.id)
    for name, password in (("lan", f"{PASSWORD} "), ("lan", ""), ("minh", PASSWORD), ("", ""), ("LAN", PASSWORD)):
        assert store.users.log_in(name, password) is None


def test_a_password_may_hold_anything_and_be_typed_on_any_keyboard(store: Store) -> None:
    for password in ("đêm" * 4, "a\0" * 6, "\ud800" * 10, "🎉" * 10):
        store.users.put("lan", Role.AGENT, unicodedata.normalize("NFD", password))
        assert store.users.log_in("lan", password)
        assert not store.users.log_in("lan", password[:-1])


def test_a_name_is_the_same_however_it_is_typed(store: Store) -> None:
    store.users.put(f" {unicodedata.normalize('NFD', 'Thuỷ')} ", Role.AGENT, PASSWORD)
    assert [user.name for user in store.users.all()] == [unicodedata.normalize("NFC", "Thuỷ")]
    assert store.users.log_in("Thuỷ", PASSWORD)
    assert store.users.remove("Thuỷ")


@pytest.mark.parametrize(
    ("name", "password", "said"), [(" ", PASSWORD, "a name"), ("lan", "x" * (SHORTEST_PASSWORD - 1), "too short")]
)
def test_a_user_without_a_name_or_a_good_password_is_refused(store: Store, name: str, password: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        store.users.put(name, Role.AGENT, password)
    assert store.users.all() == ()


def test_a_new_password_or_role_begins_a_new_epoch(store: Store) -> None:
    first = store.users.put("lan", Role.AGENT, PASSWORD)
    second = store.users.put("lan", Role.ADMIN, "another password")
    assert (second.id, second.role, second.epoch) == (first.id, "admin", first.epoch + 1)
    assert store.users.log_in("lan", PASSWORD) is None


def test_who_was_removed_cannot_come_back_as_somebody_else(store: Store) -> None:
    removed = store.users.put("lan", Role.ADMIN, PASSWORD)
    assert store.users.remove("lan")
    assert not store.users.remove("lan")
    assert store.users.get(removed.id) is None
    assert store.users.put("minh", Role.AGENT, PASSWORD).id != removed.id


def test_of_users_with_one_name_at_the_same_time_there_is_one(store: Store) -> None:
    at_once(4, lambda _: store.users.put("lan", Role.AGENT, PASSWORD))
    assert [(user.name, user.epoch) for user in store.users.all()] == [("lan", 3)]


def test_users_and_tokens_are_listed_by_name(store: Store) -> None:
    for name in ("minh", "an", "lan"):
        store.users.put(name, Role.AGENT, PASSWORD)
        store.tokens.create(name, Role.AGENT)
    assert [user.name for user in store.users.all()] == ["an", "lan", "minh"]
    assert [token.name for token in store.tokens.all()] == ["an", "lan", "minh"]


def test_a_password_is_kept_as_an_argon2_hash_with_its_own_salt(store: Store) -> None:
    for name in ("lan", "minh"):
        store.users.put(name, Role.AGENT, PASSWORD)
    with store.database.reading() as connection:
        hashes = list(connection.scalars(users.select().with_only_columns(users.c.password_hash)))
    assert all(each.startswith("$argon2id$") for each in hashes)
    assert len(set(hashes)) == 2


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The parameters of every hash that a password is compared with."""
    found: list[str] = []
    verify = PasswordHasher.verify

    def watched(self: PasswordHasher, hash: str, password: bytes) -> bool:
        found.append(str(argon2.extract_parameters(hash)))
        return verify(self, hash, password)

    monkeypatch.setattr(PasswordHasher, "verify", watched)
    return found


def test_an_unknown_user_costs_as_much_as_a_wrong_password(store: Store, verified: list[str]) -> None:
    store.users.put("lan", Role.AGENT, PASSWORD)
    store.users.log_in("lan", "wrong password")
    store.users.log_in("nobody", "wrong password")
    assert len(verified) == 2
    assert verified[0] == verified[1]


def test_a_token_is_known_by_its_secret_until_it_is_revoked(store: Store) -> None:
    secret = store.tokens.create("zammad", Role.AGENT)
    token = store.tokens.by_secret(secret)
    assert token is not None
    assert (token.name, token.role, token.revoked) == ("zammad", "agent", None)
    assert store.tokens.revoke(" zammad ")
    assert not store.tokens.revoke("zammad")
    assert store.tokens.by_secret(secret) is None
    assert store.tokens.all()[0].revoked is not None


@pytest.mark.parametrize("guess", ["", "zammad", "%", "' OR 1=1 --", "\0", "\ud800"])
def test_a_guessed_token_is_none(store: Store, guess: str) -> None:
    store.tokens.create("zammad", Role.AGENT)
    assert store.tokens.by_secret(guess) is None
    assert not store.tokens.revoke("%")


def test_a_token_is_kept_as_a_fingerprint_that_opens_nothing(store: Store) -> None:
    secret = store.tokens.create("zammad", Role.AGENT)
    with store.database.reading() as connection:
        row = connection.execute(tokens.select()).one()
    assert row.secret_hash == fingerprint(secret)
    assert secret not in map(str, row)
    assert store.tokens.by_secret(row.secret_hash) is None


@pytest.mark.parametrize(("name", "said"), [(" ", "a name"), ("zammad", "already")])
def test_a_token_needs_a_name_of_its_own(store: Store, name: str, said: str) -> None:
    store.tokens.create("zammad", Role.AGENT)
    store.tokens.revoke("zammad")
    with pytest.raises(SettingsError, match=said):
        store.tokens.create(name, Role.AGENT)


def test_of_tokens_with_one_name_at_the_same_time_one_is_made(store: Store) -> None:
    def create(_: int) -> bool:
        try:
            return bool(store.tokens.create("zammad", Role.AGENT))
        except SettingsError:
            return False

    assert sum(at_once(8, create)) == 1
