"""One ticket: what was said, what may answer it, and what an agent does about it."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from faqbot.errors import HelpdeskError
from faqbot.helpdesk.desk import LONGEST_TEXT
from faqbot.helpdesk.draft import Proposal, draft, proposals
from faqbot.helpdesk.transcript import transcript
from faqbot.store.access import Role
from faqbot.store.ticket import Entry, EntryKind, Status, Ticket
from faqbot.web.helpdesk.access import desk, needs, user
from faqbot.web.helpdesk.frame import desk_words
from faqbot.web.helpdesk.numbers import ticket_of
from faqbot.web.parts import live_assistant, service

blueprint = Blueprint("ticket", __name__, url_prefix="/tickets")


@blueprint.get("/<number>")
@needs(Role.AGENT)
def show(number: str) -> str:
    """Show a ticket; ``?draft=document/section`` puts the draft of a section into the reply box."""
    return _page(ticket_of(number))


@blueprint.post("/<number>/reply")
@needs(Role.AGENT)
def reply(number: str) -> tuple[str, int] | Response:
    """Send a reply; with ``solved`` the ticket is done with."""
    ticket, text = ticket_of(number), request.form.get("text", "")
    try:
        changed = desk().reply(ticket, text)
    except HelpdeskError as error:
        return _page(ticket, reply_text=text, reply_error=_why(error)), HTTPStatus.UNPROCESSABLE_ENTITY
    if request.form.get("then") == "solve":
        desk().set_status(changed, Status.SOLVED)
    return _back(ticket)


@blueprint.post("/<number>/note")
@needs(Role.AGENT)
def note(number: str) -> tuple[str, int] | Response:
    """Leave a note for other agents."""
    ticket, text = ticket_of(number), request.form.get("text", "")
    try:
        desk().note(ticket, text)
    except HelpdeskError as error:
        return _page(ticket, note_text=text, note_error=_why(error)), HTTPStatus.UNPROCESSABLE_ENTITY
    return _back(ticket)


@blueprint.post("/<number>/status")
@needs(Role.AGENT)
def status(number: str) -> Response:
    """Change the status."""
    wanted = request.form.get("status", "")
    if wanted not in list(Status):
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    desk().set_status(ticket_of(number), Status(wanted))
    return _back(ticket_of(number))


@blueprint.post("/<number>/assignee")
@needs(Role.AGENT)
def assignee(number: str) -> Response:
    """Give the ticket to somebody; an empty name gives it to nobody."""
    try:
        desk().assign(ticket_of(number), request.form.get("assignee") or None)
    except HelpdeskError:
        abort(HTTPStatus.UNPROCESSABLE_ENTITY)
    return _back(ticket_of(number))


def _page(ticket: Ticket, *, reply_text: str = "", **values: object) -> str:
    store = service().store
    entries = store.tickets.entries(ticket.id)
    found = _proposals(ticket, entries)
    chosen = _chosen(found)
    return render_template(
        "helpdesk/ticket.html",
        ticket=ticket,
        turns=transcript(store, live_assistant().knowledge, ticket),
        entries=entries,
        proposals=found,
        chosen=chosen,
        reply_text=reply_text or (draft(chosen, ticket.language, ticket.name) if chosen else ""),
        users=[each.name for each in store.users.all()],
        me=user().name,
        statuses=list(Status),
        longest=LONGEST_TEXT,
        **values,
    )


def _proposals(ticket: Ticket, entries: tuple[Entry, ...]) -> tuple[Proposal, ...]:
    """Return the sections for the beginning of all that the requester wrote."""
    said = [entry.text for entry in entries if entry.kind is EntryKind.MESSAGE]
    return proposals(live_assistant(), ticket.subject, "\n\n".join(said)[:LONGEST_TEXT], ticket.language)


def _chosen(found: tuple[Proposal, ...]) -> Proposal | None:
    wanted = request.args.get("draft")
    return next((each for each in found if str(each.section.key) == wanted), None)


def _why(error: HelpdeskError) -> str:
    return desk_words().say(f"desk_text_{error.reason}", limit=LONGEST_TEXT)


def _back(ticket: Ticket) -> Response:
    return redirect(url_for(".show", number=ticket.id), HTTPStatus.SEE_OTHER)
