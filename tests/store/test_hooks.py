"""Webhooks of other programs that may ask."""

import pytest

from faqbot.errors import SettingsError
from faqbot.store.hooks import Hook
from faqbot.store.store import Store
from faqbot.store.tables import hooks
from tests.store.making import at_once


def find(store: Store, name: str = "it") -> Hook:
    hook = store.hooks.find(name)
    assert hook is not None
    return hook


def test_a_hook_is_found_as_it_was_added(store: Store) -> None:
    store.hooks.add("it", "mattermost", language="vi", silent=True, public_only=True)
    hook = find(store)
    assert (hook.name, hook.kind, hook.language, hook.silent, hook.public_only) == (
        "it",
        "mattermost",
        "vi",
        True,
        True,
    )
    assert store.hooks.find("other") is None


def test_a_hook_accepts_its_own_secret_only(store: Store) -> None:
    secret, other = store.hooks.add("it", "zulip"), store.hooks.add("other", "zulip")
    hook = find(store)
    assert hook.accepts(secret)
    assert not any(hook.accepts(each) for each in (other, "", "\ud800", *hook.secret_hashes))


def test_a_secret_stays_valid_until_the_second_change(store: Store) -> None:
    secrets = [store.hooks.add("it", "zulip")]
    valid = []
    for _ in range(2):
        secrets.append(store.hooks.rotate("it") or "")
        valid.append([find(store).accepts(each) for each in secrets])
    assert valid == [[True, True], [False, True, True]]


def test_a_secret_that_another_program_made_is_accepted(store: Store) -> None:
    ours = store.hooks.add("it", "mattermost")
    for _ in range(2):
        assert store.hooks.accept("it", "theirs")
    assert find(store).accepts("theirs")
    assert find(store).accepts(ours)


def test_an_unknown_hook_takes_no_secret(store: Store) -> None:
    assert store.hooks.accept("none", "theirs") is False
    assert store.hooks.rotate("none") is None


def test_a_name_is_taken_once(store: Store) -> None:
    def add(_: int) -> bool:
        try:
            return bool(store.hooks.add("it", "zulip"))
        except SettingsError:
            return False

    assert sum(at_once(8, add)) == 1
    with pytest.raises(SettingsError, match="'it' already"):
        store.hooks.add("it", "slack")


def test_secrets_that_are_made_at_the_same_time_leave_two(store: Store) -> None:
    store.hooks.add("it", "zulip")
    secrets = at_once(8, lambda _: store.hooks.rotate("it") or "")
    assert sum(find(store).accepts(each) for each in secrets) == 2


def test_hooks_are_listed_by_name_and_removed(store: Store) -> None:
    for name in ("it", "hr"):
        store.hooks.add(name, "slack")
    assert [hook.name for hook in store.hooks.all()] == ["hr", "it"]
    assert [store.hooks.remove("hr") for _ in range(2)] == [True, False]
    assert [hook.name for hook in store.hooks.all()] == ["it"]


def test_a_secret_is_not_kept(store: Store) -> None:
    secret = store.hooks.add("it", "slack")
    with store.database.reading() as connection:
        assert secret not in str(connection.execute(hooks.select()).one())
