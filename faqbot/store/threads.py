"""What the threads of other programs are about, so that a follow-up there is understood."""

from datetime import datetime

from sqlalchemy import select

from faqbot.reply import Conversation
from faqbot.store.column_types import now
from faqbot.store.database import Database
from faqbot.store.inserting import insert_or_replace
from faqbot.store.tables import threads
from faqbot.wire import conversation_fields, conversation_of


class Threads:
    """The threads of all channels."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, channel: str, thread: str, *, since: datetime | None = None) -> Conversation | None:
        """Return what the last reply in a thread left behind; None if it is unknown.

        :param since: None too if that reply is older; by default it may be of any age.
        :raises StoreError: if the store is down.
        """
        wanted = select(threads.c.conversation).where(threads.c.channel == channel, threads.c.thread == thread)
        if since is not None:
            wanted = wanted.where(threads.c.at >= since)
        with self._database.reading() as connection:
            return conversation_of(connection.scalar(wanted))

    def keep(self, channel: str, thread: str, conversation: Conversation) -> None:
        """Remember what a reply in a thread left behind, in place of what was there.

        :raises StoreError: if the store is down.
        """
        row = {"channel": channel, "thread": thread, "at": now(), "conversation": conversation_fields(conversation)}
        with self._database.writing() as connection:
            insert_or_replace(connection, threads, row)
