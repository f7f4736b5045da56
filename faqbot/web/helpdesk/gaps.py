"""What people asked and got no answer to, and what an editor does about it."""

import json
from http import HTTPStatus

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from faqbot.assistant import LONGEST_MESSAGE, Question
from faqbot.decision import Kind
from faqbot.errors import EditError, QuestionError
from faqbot.helpdesk.curation import Curator
from faqbot.helpdesk.gaps import Gap, Reason, find, open_gaps
from faqbot.helpdesk.previewer import Previewer
from faqbot.helpdesk.proposal import edit_from, proposed_questions, targets, title_of
from faqbot.knowledge.edits import KnowledgeEdit, content_of, edit_of
from faqbot.language.pack import LANGUAGES
from faqbot.matching.matcher import Match
from faqbot.store.access import Role
from faqbot.store.column_types import now
from faqbot.web.helpdesk.access import needs, user
from faqbot.web.helpdesk.frame import desk_language, desk_words
from faqbot.web.parts import live, live_assistant, service

blueprint = Blueprint("gaps", __name__, url_prefix="/gaps")

MOST_GAPS = 50
"""On a page."""
_NEAREST = 3
_ORDERS = ("count", "trend", "last")


@blueprint.get("")
@needs(Role.EDITOR)
def index() -> str:
    """List the gaps."""
    found = all_open()
    reason, language = request.args.get("reason", ""), request.args.get("spoken", "")
    shown = [gap for gap in found if reason in ("", *gap.reasons) and language in ("", gap.language)]
    order = request.args.get("order", "")
    if order == "trend":
        shown.sort(key=lambda gap: (-gap.trend, -gap.count))
    elif order == "last":
        shown.sort(key=lambda gap: gap.last, reverse=True)
    counts = {"": len(found)} | {str(each): sum(each in gap.reasons for gap in found) for each in Reason}
    return render_template(
        "helpdesk/gaps.html",
        gaps=[(gap, _is_answered(gap)) for gap in shown[:MOST_GAPS]],
        more=max(0, len(shown) - MOST_GAPS),
        counts=counts,
        reason=reason,
        spoken=language,
        order=order if order in _ORDERS else "count",
        orders=_ORDERS,
        languages=LANGUAGES,
    )


@blueprint.get("/<key>")
@needs(Role.EDITOR)
def show(key: str) -> str:
    """Show a gap, and the choices for it; what their preview needs is worked out meanwhile."""
    gap = _gap(key)
    _previewer().prepare()
    return _page(gap, {f"questions_{code}": text for code, text in proposed_questions(gap).items()})


@blueprint.post("/<key>/preview")
@needs(Role.EDITOR)
def preview(key: str) -> tuple[str, int] | str:
    """Show what an edit would change."""
    gap, form = _gap(key), request.form.to_dict()
    try:
        edit = edit_from(form, live_assistant().knowledge, desk_language())
        found = _previewer().preview(edit)
    except EditError as error:
        return _page(gap, form, _why(error)), HTTPStatus.UNPROCESSABLE_ENTITY
    content = json.dumps(content_of(edit), ensure_ascii=False)
    title = title_of(edit, live_assistant().knowledge, desk_language())
    return render_template(
        "helpdesk/preview.html", gap=gap, edit=edit, title=title, found=found, content=content, form=form
    )


@blueprint.post("/<key>/save")
@needs(Role.EDITOR)
def save(key: str) -> tuple[str, int] | Response:
    """Make an edit that was looked at."""
    gap = _gap(key)
    try:
        _curator().save(_edit(), gap.folded)
    except EditError as error:
        form = {f"questions_{code}": text for code, text in proposed_questions(gap).items()}
        return _page(gap, form, _why(error)), HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(url_for("helpdesk.edits.index"), HTTPStatus.SEE_OTHER)


@blueprint.post("/<key>/dismiss")
@needs(Role.EDITOR)
def dismiss(key: str) -> Response:
    """Set a gap aside."""
    _curator().dismiss(_gap(key).folded)
    return redirect(url_for(".index"), HTTPStatus.SEE_OTHER)


def all_open() -> tuple[Gap, ...]:
    """Return the gaps that nobody has dealt with, the most frequent first.

    :raises StoreError: if the store is down.
    """
    return open_gaps(service().store, live_assistant().knowledge.topics, now())


def nearest(gap: Gap) -> tuple[Match, ...]:
    """Return the sections that come nearest to a gap, the likeliest first."""
    return live_assistant().search(gap.question[:LONGEST_MESSAGE]).matches[:_NEAREST]


def _page(gap: Gap, form: dict[str, str], error: str = "") -> str:
    knowledge, language = live_assistant().knowledge, desk_language()
    near = nearest(gap)
    first = [match.section for match in near]
    others = [section for section in knowledge.sections if section not in first]
    return render_template(
        "helpdesk/gap.html",
        gap=gap,
        form=form,
        error=error,
        near=near,
        answered=_is_answered(gap),
        sections=[(each.text_in(language)[1].title, targets(each, language)) for each in (*first, *others)],
        documents=[(each.id, _named(each.titles)) for each in knowledge.documents],
        topics=sorted(
            ((_named(each.titles), each.id) for each in knowledge.topics), key=lambda pair: pair[0].casefold()
        ),
        languages=LANGUAGES,
    )


def _named(titles: object) -> str:
    texts = dict(titles)  # type: ignore[call-overload]
    return str(texts.get(desk_language()) or next(iter(texts.values())))


def _gap(key: str) -> Gap:
    gap = find(all_open(), key)
    if gap is None:
        abort(HTTPStatus.NOT_FOUND)
    return gap


def _edit() -> KnowledgeEdit:
    try:
        content = json.loads(request.form.get("content", ""))
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise EditError("malformed", "", "the form holds no edit")
    return edit_of(request.form.get("kind", ""), content)


def _is_answered(gap: Gap) -> bool:
    """Return whether the knowledge of now answers the gap."""
    try:
        return live_assistant().ask(Question(gap.question[:LONGEST_MESSAGE])).kind is Kind.ANSWER
    except QuestionError:
        return False


def _why(error: EditError) -> str:
    return desk_words().say(f"desk_edit_{error.reason}", what=error.what)


def _curator() -> Curator:
    return Curator(service().store, live(), user().name)


def _previewer() -> Previewer:
    found: Previewer = current_app.extensions.setdefault("faqbot_previewer", Previewer(live(), service().store.edits))
    return found
