"""Notices that could not be delivered, for admins."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from faqbot.store.access import Role
from faqbot.store.column_types import now
from faqbot.store.notice import Notice, Stage
from faqbot.web.helpdesk.access import needs, user
from faqbot.web.helpdesk.deeds import receiver
from faqbot.web.helpdesk.frame import desk_words
from faqbot.web.helpdesk.numbers import number_of
from faqbot.web.parts import sender, service

blueprint = Blueprint("outbox", __name__, url_prefix="/outbox")

PAGE = 50
"""Notices on a page."""


@blueprint.get("")
@needs(Role.ADMIN)
def index() -> str:
    """Show the dead notices, the newest first."""
    outbox, before = service().store.outbox, number_of(request.args.get("before", ""))
    found = outbox.list(Stage.DEAD, limit=PAGE + 1, before=before)
    older = url_for(".index", before=found[PAGE - 1].id) if len(found) > PAGE else None
    return render_template(
        "helpdesk/outbox.html",
        notices=[(each, receiver(each.target, desk_words())) for each in found[:PAGE]],
        count=outbox.count(),
        off=sender() is None,
        older=older,
        paged=before is not None,
    )


@blueprint.post("/<number>/again")
@needs(Role.ADMIN)
def again(number: str) -> Response:
    """Send a dead notice again."""
    return _done("notice.again", service().store.outbox.send_again(_number(number), now()))


@blueprint.post("/again")
@needs(Role.ADMIN)
def all_again() -> Response:
    """Send all dead notices again."""
    number = service().store.outbox.send_all_again(now())
    service().store.audit.note(user().name, "notice.again", "*", str(number))
    return _back()


@blueprint.post("/<number>/discard")
@needs(Role.ADMIN)
def discard(number: str) -> Response:
    """Forget a dead notice."""
    return _done("notice.discard", service().store.outbox.discard(_number(number)))


def _done(action: str, notice: Notice | None) -> Response:
    """Note what was done to a notice; one that is no longer dead is left to whoever was faster."""
    if notice is not None:
        ticket = notice.content.get("ticket", {}).get("id")
        detail = f"{notice.event} #{ticket} → {notice.target}"
        service().store.audit.note(user().name, action, notice.id, detail)
    return _back()


def _back() -> Response:
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


def _number(text: str) -> int:
    number = number_of(text)
    if number is None:
        abort(HTTPStatus.NOT_FOUND)
    return number
