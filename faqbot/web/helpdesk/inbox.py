"""The list of tickets."""

from collections.abc import Mapping

from flask import Blueprint, render_template, request, url_for

from faqbot.store.access import Role
from faqbot.store.ticket import Status, Ticket
from faqbot.web.helpdesk.access import needs, user
from faqbot.web.helpdesk.numbers import number_of
from faqbot.web.parts import service

blueprint = Blueprint("inbox", __name__)

PAGE = 25
"""Tickets on a page."""
_UNSOLVED = (Status.NEW, Status.OPEN, Status.WAITING)
VIEWS: Mapping[str, tuple[Status, ...]] = {
    "unsolved": _UNSOLVED,
    "mine": _UNSOLVED,
    **{str(status): (status,) for status in Status},
}
"""Which tickets each view shows, the first one being shown at first; ``mine`` only those of who is logged in."""


@blueprint.get("/", strict_slashes=False)
@needs(Role.AGENT)
def index() -> str:
    """Show the tickets of a view, the newest first."""
    wanted = request.args.get("show", "")
    view = wanted if wanted in VIEWS else next(iter(VIEWS))
    before = number_of(request.args.get("before", ""))
    found = _tickets(view, before)
    older = url_for(".index", show=view, before=found[PAGE - 1].id) if len(found) > PAGE else None
    return render_template(
        "helpdesk/inbox.html", view=view, counts=_counts(), tickets=found[:PAGE], older=older, paged=before is not None
    )


def _tickets(view: str, before: int | None) -> tuple[Ticket, ...]:
    assignee = user().name if view == "mine" else None
    return service().store.tickets.list(VIEWS[view], assignee=assignee, limit=PAGE + 1, before=before)


def _counts() -> dict[str, int]:
    """Return how many tickets each view has."""
    everybody = service().store.tickets.counts()
    mine = service().store.tickets.counts(assignee=user().name)
    return {
        view: sum((mine if view == "mine" else everybody)[status] for status in statuses)
        for view, statuses in VIEWS.items()
    }
