"""Does the store answer, is it of this version, and may somebody look after it?"""

from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import make_url

from faqbot.doctor.finding import Finding, Installation, fault, ok, warning
from faqbot.errors import StoreError
from faqbot.store.address import sqlite_file
from faqbot.store.role import Role
from faqbot.store.store import Store

_WHERE = "store"
_HERE = ("localhost", "127.0.0.1", "::1", "")


def tables(found: Installation) -> Iterator[Finding]:
    """Whether the database answers, and its tables are of this version."""
    with closing(Store(found.settings.store_url())) as store:
        place = _place(found)
        if _is_to_come(found):
            yield ok(_WHERE, f"{place} is made at the first start")
            return
        try:
            current, newest = store.database.revisions()
        except StoreError as error:
            advice = "see that the database runs, that its address, user and password are right, and who may connect"
            yield fault(_WHERE, f"{place}: {error}", advice)
            return
    yield _of_revision(place, current, newest)


def admins(found: Installation) -> Iterator[Finding]:
    """Whether there is an admin."""
    where, advice = "admins", "faqbot user add NAME --role admin"
    none = warning(where, "there is none, so nobody sees the audit and what could not be delivered", advice)
    if _is_to_come(found):
        yield none
        return
    with closing(Store(found.settings.store_url())) as store:
        try:
            current, newest = store.database.revisions()
            if current not in (newest, None):
                return  # Looking would bring the tables up to date.
            users = store.users.all() if current else ()
        except StoreError:
            return  # Which is a finding of its own.
    count = sum(user.role is Role.ADMIN for user in users)
    yield ok(where, f"{count} of {len(users)} users") if count else none


def replicas(found: Installation) -> Iterator[Finding]:
    """Whether the store bears as many machines as there seem to be."""
    settings = found.settings
    redis = settings.redis_host
    if settings.on_postgresql and redis is None:
        advice = "set FAQBOT_REDIS_URL where several replicas serve"
        yield warning("replicas", "without Redis each process counts requests for itself", advice)
    elif not settings.on_postgresql and (redis not in (None, *_HERE) or "KUBERNETES_SERVICE_HOST" in found.environ):
        advice = "set FAQBOT_DATABASE_URL to a PostgreSQL where more than one machine serves"
        yield warning("replicas", "the store is an SQLite file, which only one machine may use", advice)


def _is_to_come(found: Installation) -> bool:
    file = sqlite_file(found.settings.store_url())
    return file is not None and not file.exists()


def _place(found: Installation) -> str:
    """Return where the store is, without user and password."""
    url = make_url(found.settings.store_url())
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    port = f":{url.port}" if url.port else ""
    return f"{url.get_backend_name()} at {url.host or 'this machine'}{port}, database {url.database or url.username}"


def _of_revision(place: str, current: str | None, newest: str | None) -> Finding:
    if current is None:
        return ok(_WHERE, f"{place}: its tables are made at the first start")
    if current == newest:
        return ok(_WHERE, f"{place}: revision {current}")
    if newest is not None and current < newest:
        advice = "faqbot backup FILE, with the faqbot of before; the next start brings it to the newest revision"
        return warning(_WHERE, f"{place}: revision {current}, of which {newest} is the newest", advice)
    return fault(
        _WHERE,
        f"{place}: revision {current}, which this faqbot does not know; {newest} is its newest",
        "install the later version of faqbot, or restore a backup of this one",
    )
