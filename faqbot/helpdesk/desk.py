"""What agents do to tickets. Each deed is written down in the audit."""

from faqbot.errors import HelpdeskError
from faqbot.store.store import Store
from faqbot.store.ticket import EntryKind, Status, Ticket

LONGEST_TEXT = 20_000
"""Of a message, a reply or a note, in characters."""


class Desk:
    """The tickets, in the hands of one user or token."""

    def __init__(self, store: Store, actor: str, *, via: str = "") -> None:
        """Take the name of the user or token.

        :param via: How they come, such as ``API``, for the audit; "" for the console.
        """
        self._store = store
        self._actor = actor
        self._via = via

    def reply(self, ticket: Ticket, text: str) -> Ticket:
        """Reply to the requester, whose turn it is then.

        :raises HelpdeskError: if the text is blank or too long.
        :raises StoreError: if the store is down.
        """
        changed = self._store.tickets.say(ticket.id, EntryKind.REPLY, _checked(text), author=self._actor)
        self._note("ticket.reply", ticket)
        return changed

    def note(self, ticket: Ticket, text: str) -> Ticket:
        """Leave a note for other agents.

        :raises HelpdeskError: if the text is blank or too long.
        :raises StoreError: if the store is down.
        """
        changed = self._store.tickets.say(ticket.id, EntryKind.NOTE, _checked(text), author=self._actor)
        self._note("ticket.note", ticket)
        return changed

    def set_status(self, ticket: Ticket, status: Status) -> Ticket:
        """Change the status; to the one that it has, nothing is done.

        :raises StoreError: if the store is down.
        """
        if status is ticket.status:
            return ticket
        changed = self._store.tickets.set_status(ticket.id, status, author=self._actor)
        self._note("ticket.status", ticket, f"{ticket.status} → {status}")
        return changed

    def assign(self, ticket: Ticket, assignee: str | None) -> Ticket:
        """Give a ticket to a user, or, by None, to nobody. A new ticket that somebody has is open.

        :raises HelpdeskError: if there is no such user.
        :raises StoreError: if the store is down.
        """
        if assignee == ticket.assignee:
            return ticket
        if assignee is not None and assignee not in (user.name for user in self._store.users.all()):
            raise HelpdeskError("no_such_user", "there is no such user")
        changed = self._store.tickets.assign(ticket.id, assignee, author=self._actor)
        self._note("ticket.assign", ticket, f"{ticket.assignee or '–'} → {assignee or '–'}")
        if assignee is not None and changed.status is Status.NEW:
            return self.set_status(changed, Status.OPEN)
        return changed

    def _note(self, action: str, ticket: Ticket, detail: str = "") -> None:
        how = " ".join(filter(None, (detail, f"({self._via})" if self._via else "")))
        self._store.audit.note(self._actor, action, f"#{ticket.id}", how)


def _checked(text: str) -> str:
    trimmed = text.replace("\r\n", "\n").strip()
    if not trimmed:
        raise HelpdeskError("empty", "the text is empty")
    if len(trimmed) > LONGEST_TEXT:
        raise HelpdeskError(
            "too_long", f"the text has {len(trimmed):,} characters; at most {LONGEST_TEXT:,} are allowed"
        )
    return trimmed
