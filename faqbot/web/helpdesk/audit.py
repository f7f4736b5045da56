"""Who changed what, for admins."""

from flask import Blueprint, render_template, request, url_for

from faqbot.store.access import Role
from faqbot.web.helpdesk.access import needs
from faqbot.web.helpdesk.deeds import told
from faqbot.web.helpdesk.frame import desk_words
from faqbot.web.helpdesk.numbers import number_of
from faqbot.web.parts import service

blueprint = Blueprint("audit", __name__)

PAGE = 50
"""Changes on a page."""


@blueprint.get("/audit")
@needs(Role.ADMIN)
def index() -> str:
    """Show the changes, the newest first."""
    before = number_of(request.args.get("before", ""))
    found = service().store.audit.list(limit=PAGE + 1, before=before)
    older = url_for(".index", before=found[PAGE - 1].id) if len(found) > PAGE else None
    deeds = [told(each, desk_words()) for each in found[:PAGE]]
    return render_template("helpdesk/audit.html", deeds=deeds, older=older, paged=before is not None)
