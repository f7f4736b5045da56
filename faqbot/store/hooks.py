"""Webhooks of other programs that may ask."""

import hmac
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import insert, select, update

from faqbot.errors import SettingsError
from faqbot.store.column_types import now
from faqbot.store.database import Database
from faqbot.store.secret import fingerprint, new_secret
from faqbot.store.tables import hooks

_VALID_SECRETS = 2
"""At once, so that a secret can be changed without a gap."""


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook."""

    name: str
    kind: str
    """The program that calls it."""
    secret_hashes: tuple[str, ...]
    """Fingerprints of the valid secrets, the newest first."""
    language: str | None
    """In which it always replies; None: in the question's."""
    silent: bool
    """Whether it says nothing where it cannot help."""
    public_only: bool
    """Whether it quotes only sections marked public."""

    def accepts(self, secret: str) -> bool:
        """Return whether a secret is valid, in a time that does not depend on how nearly it is."""
        found = fingerprint(secret)
        return sum(hmac.compare_digest(found, each) for each in self.secret_hashes) > 0


class Hooks:
    """All webhooks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, name: str, kind: str, *, language: str | None = None, silent: bool = False, public_only: bool = False
    ) -> str:
        """Add a webhook and return its secret, which is not kept.

        :raises SettingsError: if the name is taken.
        :raises StoreError: if the store is down.
        """
        secret = new_secret()
        hook = Hook(name, kind, (fingerprint(secret),), language, silent, public_only)
        with self._database.writing(alone_in=hooks) as connection:
            if connection.scalar(select(hooks.c.name).where(hooks.c.name == name)) is not None:
                raise SettingsError(f"there is a webhook {name!r} already; take another name")
            connection.execute(insert(hooks).values(asdict(hook) | {"created": now()}))
        return secret

    def accept(self, name: str, secret: str) -> bool:
        """Let a secret that another program made be valid too, beside the newest one; return whether there is a hook.

        :raises StoreError: if the store is down.
        """
        with self._database.writing(alone_in=hooks) as connection:
            known = connection.scalar(select(hooks.c.secret_hashes).where(hooks.c.name == name))
            if known is None:
                return False
            newest = _newest([fingerprint(secret), *known])
            connection.execute(update(hooks).where(hooks.c.name == name).values(secret_hashes=newest))
            return True

    def rotate(self, name: str) -> str | None:
        """Make another secret valid beside the newest one, and return it; None if there is no such webhook.

        :raises StoreError: if the store is down.
        """
        secret = new_secret()
        return secret if self.accept(name, secret) else None

    def find(self, name: str) -> Hook | None:
        """Return a webhook; None if there is none.

        :raises StoreError: if the store is down.
        """
        return next((hook for hook in self.all() if hook.name == name), None)

    def remove(self, name: str) -> bool:
        """Remove a webhook; return whether there was one.

        :raises StoreError: if the store is down.
        """
        with self._database.writing() as connection:
            return bool(connection.execute(hooks.delete().where(hooks.c.name == name)).rowcount)

    def all(self) -> tuple[Hook, ...]:
        """Return all webhooks, by name.

        :raises StoreError: if the store is down.
        """
        columns = [column for column in hooks.c if column.name != "created"]
        with self._database.reading() as connection:
            rows = connection.execute(select(*columns).order_by(hooks.c.name))
            return tuple(Hook(**{**row._mapping, "secret_hashes": tuple(row.secret_hashes)}) for row in rows)


def _newest(fingerprints: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(fingerprints))[:_VALID_SECRETS]
