"""Who may use the helpdesk: people with a password, programs with a token."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Row, insert, select, update

from faqbot.errors import SettingsError
from faqbot.store.column_types import now
from faqbot.store.database import Database
from faqbot.store.role import Role as Role
from faqbot.store.secret import fingerprint, new_secret
from faqbot.store.tables import tokens, users

SHORTEST_PASSWORD = 10
"""In characters."""
_hasher = PasswordHasher()


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may log in."""

    id: int
    name: str
    role: Role
    epoch: int
    """Goes up when the password or the role changes; a session of an older epoch has ended."""


class Users:
    """All users."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, name: str, role: Role, password: str) -> User:
        """Add a user, or give one a new role and password.

        :raises SettingsError: if the name is blank or the password too short.
        :raises StoreError: if the store is down.
        """
        trimmed = _trimmed(name)
        if not trimmed:
            raise SettingsError("a user needs a name")
        if len(password) < SHORTEST_PASSWORD:
            raise SettingsError(f"the password is too short: at least {SHORTEST_PASSWORD} characters are needed")
        values = {"role": role, "password_hash": _hasher.hash(_encoded(password))}
        with self._database.writing(alone_in=users) as connection:
            changed = connection.execute(
                update(users).where(users.c.name == trimmed).values(epoch=users.c.epoch + 1, **values)
            )
            if not changed.rowcount:
                connection.execute(insert(users).values(name=trimmed, created=now(), epoch=0, **values))
            return _user(connection.execute(select(users).where(users.c.name == trimmed)).one())

    def remove(self, name: str) -> bool:
        """Remove a user, whose sessions end; return whether there was one.

        :raises StoreError: if the store is down.
        """
        with self._database.writing() as connection:
            return bool(connection.execute(users.delete().where(users.c.name == _trimmed(name))).rowcount)

    def log_in(self, name: str, password: str) -> User | None:
        """Return the user of a name and password; None, after as long a time, where they don't belong together.

        :raises StoreError: if the store is down.
        """
        with self._database.reading() as connection:
            row = connection.execute(select(users).where(users.c.name == _trimmed(name))).first()
        unknown = _nobodys_hash()
        try:
            _hasher.verify(row.password_hash if row else unknown, _encoded(password))
        except VerifyMismatchError:
            return None
        return _user(row) if row else None

    def get(self, user: int) -> User | None:
        """Return a user by number; None if there is none.

        :raises StoreError: if the store is down.
        """
        with self._database.reading() as connection:
            row = connection.execute(select(users).where(users.c.id == user)).first()
            return _user(row) if row else None

    def all(self) -> tuple[User, ...]:
        """Return all users, by name.

        :raises StoreError: if the store is down.
        """
        with self._database.reading() as connection:
            return tuple(_user(row) for row in connection.execute(select(users).order_by(users.c.name)))


@dataclass(frozen=True, slots=True)
class Token:
    """A program's right to use the API."""

    id: int
    name: str
    role: Role
    created: datetime
    revoked: datetime | None


class Tokens:
    """All tokens, revoked ones too."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, name: str, role: Role) -> str:
        """Make a token and return its secret, which is not kept.

        :raises SettingsError: if the name is blank or taken.
        :raises StoreError: if the store is down.
        """
        trimmed, secret = _trimmed(name), new_secret()
        if not trimmed:
            raise SettingsError("a token needs a name")
        values = {"name": trimmed, "role": role, "secret_hash": fingerprint(secret), "created": now()}
        with self._database.writing(alone_in=tokens) as connection:
            if connection.scalar(select(tokens.c.id).where(tokens.c.name == trimmed)) is not None:
                raise SettingsError(f"there is a token {trimmed!r} already; take another name")
            connection.execute(insert(tokens).values(values))
        return secret

    def by_secret(self, secret: str) -> Token | None:
        """Return the token of a secret; None if there is none, or it is revoked.

        :raises StoreError: if the store is down.
        """
        wanted = select(tokens).where(tokens.c.secret_hash == fingerprint(secret), tokens.c.revoked.is_(None))
        with self._database.reading() as connection:
            row = connection.execute(wanted).first()
            return _token(row) if row else None

    def revoke(self, name: str) -> bool:
        """End a token; return whether there was one that was not revoked before.

        :raises StoreError: if the store is down.
        """
        wanted = update(tokens).where(tokens.c.name == _trimmed(name), tokens.c.revoked.is_(None))
        with self._database.writing() as connection:
            return bool(connection.execute(wanted.values(revoked=now())).rowcount)

    def all(self) -> tuple[Token, ...]:
        """Return all tokens, by name.

        :raises StoreError: if the store is down.
        """
        with self._database.reading() as connection:
            return tuple(_token(row) for row in connection.execute(select(tokens).order_by(tokens.c.name)))


def _trimmed(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip()


@cache
def _nobodys_hash() -> str:
    """Return what the password of somebody unknown is compared with, so that the answer takes as long."""
    return _hasher.hash(new_secret())


def _encoded(password: str) -> bytes:
    """Return the same bytes whether a keyboard composes accented letters or not."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def _user(row: Row[tuple[object, ...]]) -> User:
    return User(row.id, row.name, Role(row.role), row.epoch)


def _token(row: Row[tuple[object, ...]]) -> Token:
    return Token(row.id, row.name, Role(row.role), row.created, row.revoked)
