"""A ticket by the number in an address."""

from http import HTTPStatus

from flask import abort

from faqbot.store.ticket import Ticket
from faqbot.web.parts import service

_LARGEST = 2**31 - 1
"""That the database can hold."""


def number_of(text: str) -> int | None:
    """Read a number that somebody wrote; None if it is no whole number, or larger than any there is."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_LARGEST))):
        return None
    return int(text) if int(text) <= _LARGEST else None


def ticket_of(text: str) -> Ticket:
    """Return a ticket, or refuse with 404.

    :raises StoreError: if the store is down.
    """
    number = number_of(text)
    ticket = None if number is None else service().store.tickets.get(number)
    if ticket is None:
        abort(HTTPStatus.NOT_FOUND, "there is no such ticket")
    return ticket
