"""What tests tell others."""

from typing import Any

from faqbot.helpdesk.notices import Notices, content, with_transcript
from faqbot.outgoing.event import Event
from faqbot.outgoing.mail_server import MailServer
from faqbot.outgoing.target import Kind, Target
from faqbot.settings import Settings
from faqbot.store.column_types import now
from faqbot.store.happening import Happening
from faqbot.store.store import Store
from faqbot.store.ticket import Status, Ticket
from tests.store.making import exchange

SECRET = "correct horse battery"
SENDER = "bot@example.org"
TEAM = ("desk@example.org", "lead@example.org")


def target(url: str, **fields: Any) -> Target:
    """Return a target on this machine."""
    values: dict[str, Any] = {
        "name": "crm",
        "kind": Kind.PLAIN,
        "url": url,
        "events": tuple(Event),
        "secret": SECRET,
        "allow_private": True,
    }
    return Target(**values | fields)


def mail(port: int = 25, **fields: Any) -> MailServer:
    """Return a mail server on this machine."""
    values: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": port,
        "secure": False,
        "user": None,
        "password": None,
        "sender": SENDER,
        "team": TEAM,
    }
    return MailServer(**values | fields)


def ticket(**fields: Any) -> Ticket:
    """Return a ticket that was opened just now."""
    moment = now()
    values: dict[str, Any] = {
        "id": 7,
        "created": moment,
        "updated": moment,
        "status": Status.NEW,
        "channel": "web",
        "language": "vi",
        "subject": "máy in hỏng",
        "name": "Lan",
        "contact": "lan@example.org",
        "conversation": "talk",
        "assignee": None,
    }
    return Ticket(**values | fields)


def told(event: Event = Event.CREATED, text: str = "Máy in phòng 2 hỏng rồi ạ.", **fields: Any) -> dict[str, Any]:
    """Return what is told about a ticket, whose requester has asked the bot once."""
    happening = Happening(event, ticket(**fields), text, "minh" if event is Event.REPLIED else None)
    return with_transcript(content(happening), lambda conversation: [exchange(conversation=conversation)])


def telling_store(url: str, *targets: Target, mail_server: MailServer | None = None) -> Store:
    """Open a store whose tickets are told to targets and by mail."""
    return Store(Settings(database_url=url).store_url(), Notices(targets, mail_server))
