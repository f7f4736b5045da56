"""What the threads of other programs are about."""

from datetime import timedelta

from sqlalchemy import update

from faqbot.knowledge.model import SectionKey
from faqbot.reply import Conversation
from faqbot.store.column_types import now
from faqbot.store.store import Store
from faqbot.store.tables import threads
from tests.store.making import at_once

HOURS, LOANS = SectionKey("guide", "hours"), SectionKey("guide", "loans")
TALK = Conversation("vi", HOURS, clarified=True, offered=(HOURS, LOANS), id="talk")


def test_a_thread_remembers_the_last_reply(store: Store) -> None:
    store.threads.keep("slack", "T1", Conversation("en"))
    store.threads.keep("slack", "T1", TALK)
    assert store.threads.get("slack", "T1") == TALK


def test_a_thread_is_one_channels_own(store: Store) -> None:
    store.threads.keep("slack", "T1", TALK)
    assert store.threads.get("zulip", "T1") is None
    assert store.threads.get("slack", "T2") is None


def test_replies_at_the_same_time_leave_one_behind(store: Store) -> None:
    talks = [Conversation("vi", HOURS, id=str(number)) for number in range(16)]
    at_once(16, lambda number: store.threads.keep("slack", "T1", talks[number]))
    assert store.threads.get("slack", "T1") in talks


def test_what_cannot_be_read_is_forgotten(store: Store) -> None:
    store.threads.keep("slack", "T1", TALK)
    with store.database.writing() as connection:
        connection.execute(update(threads).values(conversation=["what?"]))
    assert store.threads.get("slack", "T1") is None


def test_a_reply_may_be_too_old(store: Store) -> None:
    before = now()
    store.threads.keep("slack", "T1", TALK)
    assert store.threads.get("slack", "T1", since=before) == TALK
    assert store.threads.get("slack", "T1", since=now() + timedelta(seconds=1)) is None
