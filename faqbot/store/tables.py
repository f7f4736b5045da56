"""The tables of the store."""

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, Table

from faqbot.store.column_types import Moment, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

exchanges = Table(
    "exchanges",
    metadata,
    Column("id", Words, primary_key=True),
    Column("conversation", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("channel", Words, nullable=False),
    Column("question", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("section", Words),
    Column("offered", JSON, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("reply", Words, nullable=False),
    Column("revision", Words, nullable=False),
    Index(None, "conversation", "at"),
    Index("ix_exchanges_figures", "at", "kind", "language", "channel", "section", "conversation"),
)
"""Messages with the replies that they got."""

feedback = Table(
    "feedback",
    metadata,
    Column("exchange", Words, ForeignKey("exchanges.id", ondelete="CASCADE"), primary_key=True),
    Column("at", Moment, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("comment", Words),
)
"""What people thought of a reply; the last word counts."""

tickets = Table(
    "tickets",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("secret_hash", Words, nullable=False, unique=True),
    Column("created", Moment, nullable=False),
    Column("updated", Moment, nullable=False),
    Column("status", Words, nullable=False),
    Column("channel", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("name", Words),
    Column("contact", Words),
    Column("conversation", Words),
    Column("assignee", Words),
    Column("idempotency_key", Words, unique=True),
    Index(None, "status", "updated"),
    sqlite_autoincrement=True,
)
"""What was handed over to people."""

ticket_entries = Table(
    "ticket_entries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ticket", Integer, ForeignKey("tickets.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", Words, nullable=False),
    Column("author", Words),
    Column("text", Words, nullable=False),
    Index(None, "ticket", "id"),
    sqlite_autoincrement=True,
)
"""What was said and done about a ticket, in order."""

edits = Table(
    "edits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("author", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("content", JSON, nullable=False),
    Column("undone", Moment),
    Column("exported", Moment),
    sqlite_autoincrement=True,
)
"""Changes to the knowledge that are not in its files, in order."""

settled_gaps = Table(
    "settled_gaps",
    metadata,
    Column("question", Words, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("author", Words, nullable=False),
    Column("edit", Integer, ForeignKey("edits.id", ondelete="SET NULL")),
)
"""Questions, without diacritics and capitals, that somebody has dealt with: by an edit, or by dismissing them."""

users = Table(
    "users",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False, unique=True),
    Column("role", Words, nullable=False),
    Column("password_hash", Words, nullable=False),
    Column("created", Moment, nullable=False),
    Column("epoch", Integer, nullable=False),
    sqlite_autoincrement=True,
)
"""People who may log in. The epoch goes up when the password or the role changes, which ends their sessions."""

tokens = Table(
    "tokens",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Words, nullable=False, unique=True),
    Column("role", Words, nullable=False),
    Column("secret_hash", Words, nullable=False, unique=True),
    Column("created", Moment, nullable=False),
    Column("revoked", Moment),
    sqlite_autoincrement=True,
)
"""Programs that may use the helpdesk's API."""

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Words, nullable=False),
    Column("action", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("detail", Words, nullable=False),
    sqlite_autoincrement=True,
)
"""Who changed what, in order."""

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("created", Moment, nullable=False),
    Column("target", Words, nullable=False),
    Column("event", Words, nullable=False),
    Column("content", JSON, nullable=False),
    Column("status", Words, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt", Moment, nullable=False),
    Column("last_error", Words),
    Index(None, "status", "next_attempt"),
    sqlite_autoincrement=True,
)
"""Notices on their way to other programs."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("source", Words, primary_key=True),
    Column("delivery", Words, primary_key=True),
    Column("at", Moment, nullable=False),
    Index(None, "at"),
)
"""What came in and was dealt with, so that it is dealt with once."""

threads = Table(
    "threads",
    metadata,
    Column("channel", Words, primary_key=True),
    Column("thread", Words, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("conversation", JSON, nullable=False),
    Index(None, "at"),
)
"""What the last reply in a thread of another program left behind."""

hooks = Table(
    "hooks",
    metadata,
    Column("name", Words, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("secret_hashes", JSON, nullable=False),
    Column("language", Words),
    Column("silent", Boolean, nullable=False),
    Column("public_only", Boolean, nullable=False),
    Column("created", Moment, nullable=False),
)
"""Webhooks of other programs that may ask."""
