"""What others are told about tickets: who, and in which words."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from faqbot.helpdesk.fields import exchange_fields, moment, ticket_fields
from faqbot.outgoing.event import Event
from faqbot.outgoing.mail_address import mail_address
from faqbot.outgoing.mail_server import MailServer
from faqbot.outgoing.target import Target
from faqbot.store.exchanges import Exchange
from faqbot.store.happening import Happening
from faqbot.store.notice import NewNotice

TEAM = "mail:team"
"""The target that is the team's mailboxes; no program can have this name."""
REQUESTER = "mail:requester"
"""The target that is the mailbox of the person who asked."""


class Notices:
    """Says who is told about something."""

    def __init__(self, targets: Sequence[Target], mail: MailServer | None) -> None:
        self._targets = targets
        self._mail = mail

    def __call__(self, happening: Happening) -> list[NewNotice]:
        """Return a notice for each who is told."""
        receivers = [target.name for target in self._targets if happening.event in target.events]
        receivers += self._mailboxes(happening)
        return [NewNotice(receiver, happening.event, content(happening)) for receiver in receivers]

    def _mailboxes(self, happening: Happening) -> list[str]:
        if self._mail is None:
            return []
        if happening.event is Event.CREATED and self._mail.team:
            return [TEAM]
        return [REQUESTER] if happening.event is Event.REPLIED and mail_address(happening.ticket.contact) else []


def content(happening: Happening) -> dict[str, Any]:
    """Return what is told, with an id of its own by which a receiver knows a repetition."""
    ticket = happening.ticket
    return {
        "id": uuid4().hex,
        "event": str(happening.event),
        "at": moment(ticket.updated),
        "ticket": ticket_fields(ticket),
        "text": _clean(happening.text),
        "author": happening.author,
        "conversation": ticket.conversation,
    }


def with_transcript(told: dict[str, Any], exchanges_of: Callable[[str], Sequence[Exchange]]) -> dict[str, Any]:
    """Return what is told about a new ticket with what was said to the bot before; anything else as it is.

    :raises StoreError: as ``exchanges_of`` does.
    """
    public = {name: value for name, value in told.items() if name != "conversation"}
    if told["event"] != Event.CREATED:
        return public
    found = exchanges_of(told["conversation"]) if told["conversation"] else ()
    return {**public, "transcript": [exchange_fields(each, each.section) for each in found]}


def _clean(text: str) -> str:
    """Return a text without what no receiver can read: NUL, and halves of characters."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()
