"""The changes of the knowledge, to be taken back, and the questions that were set aside."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from faqbot.errors import EditError
from faqbot.helpdesk.curation import Curator
from faqbot.helpdesk.proposal import subject_of, title_of
from faqbot.knowledge.edits import Phrasing, edit_of
from faqbot.knowledge.model import RefusedEdit
from faqbot.store.access import Role
from faqbot.store.edits import Edit
from faqbot.web.helpdesk.access import needs, user
from faqbot.web.helpdesk.frame import desk_language
from faqbot.web.helpdesk.numbers import number_of
from faqbot.web.parts import live, live_assistant, service

blueprint = Blueprint("edits", __name__, url_prefix="/edits")

_MOST = 200


@dataclass(frozen=True, slots=True)
class _Row:
    """An edit, and how it stands."""

    edit: Edit
    title: str
    """Of its section or topic; "" for an edit that cannot be read."""
    subject: str
    """Its id."""
    questions: tuple[Phrasing, ...]
    state: str
    """``force``, ``undone``, ``exported`` or ``refused``."""
    refused: RefusedEdit | None


@blueprint.get("")
@needs(Role.EDITOR)
def index() -> str:
    """List the edits, the newest first."""
    refused = {each.number: each for each in live_assistant().knowledge.refused}
    store = service().store
    dismissed = [each for each in store.settled_gaps.all().values() if each.edit is None]
    return render_template(
        "helpdesk/edits.html",
        rows=[_row(each, refused.get(each.id)) for each in store.edits.list(limit=_MOST)],
        dismissed=sorted(dismissed, key=lambda each: each.at, reverse=True)[:_MOST],
    )


@blueprint.post("/<number>/undo")
@needs(Role.EDITOR)
def undo(number: str) -> Response:
    """Take an edit back."""
    found = number_of(number)
    if found is None or service().store.edits.get(found) is None:
        abort(HTTPStatus.NOT_FOUND)
    Curator(service().store, live(), user().name).undo(found)
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


@blueprint.post("/reopen")
@needs(Role.EDITOR)
def reopen() -> Response:
    """Take up a question again that was set aside."""
    Curator(service().store, live(), user().name).reopen(request.form.get("question", ""))
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


def _row(edit: Edit, refused: RefusedEdit | None) -> _Row:
    state = "undone" if edit.undone else "exported" if edit.exported else "refused" if refused else "force"
    try:
        read = edit_of(edit.kind, edit.content)
    except EditError:
        return _Row(edit, "", "", (), state, refused)
    title = title_of(read, live_assistant().knowledge, desk_language())
    return _Row(edit, title, subject_of(read), read.questions, state, refused)
