"""How the bot does, as charts, tables and CSV."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, render_template, request

from faqbot.helpdesk.figures import PERIODS, Report
from faqbot.helpdesk.tables import Table, sheet, tables
from faqbot.store.access import Role
from faqbot.web.helpdesk.access import needs
from faqbot.web.helpdesk.frame import desk_language
from faqbot.web.parts import live_assistant, reports

blueprint = Blueprint("figures", __name__, url_prefix="/figures")

USUAL = 30
"""Days that are shown at first."""
_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""For a picture that is opened alone: it brings its own styles, and nothing else may happen in it."""


@blueprint.get("")
@needs(Role.AGENT)
def index() -> str:
    """Show all figures of a period, ``?days=7``, 30 or 90."""
    report = reports().of(_period())
    return render_template(
        "helpdesk/figures.html", report=report, tables=_tables(report), days=_period(), periods=PERIODS
    )


@blueprint.get("/<name>.svg")
@needs(Role.AGENT)
def picture(name: str) -> Response:
    """Draw a table; ``?narrow=1`` for a phone."""
    from faqbot.helpdesk.charts import chart  # only here: what draws takes long to import

    response = Response(chart(_table(name), desk_language(), narrow="narrow" in request.args), mimetype="image/svg+xml")
    response.headers["Content-Security-Policy"] = _PICTURE_POLICY
    return response


@blueprint.get("/<name>.csv")
@needs(Role.AGENT)
def download(name: str) -> Response:
    """Hand out a table for a spreadsheet."""
    response = Response(sheet(_table(name)), mimetype="text/csv")
    file = f"faqbot-{name}-{_period()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def _period() -> int:
    wanted = request.args.get("days", "")
    return int(wanted) if wanted in map(str, PERIODS) else USUAL


def _table(name: str) -> Table:
    for table in _tables(reports().of(_period())):
        if table.name == name:
            return table
    abort(HTTPStatus.NOT_FOUND)


def _tables(report: Report) -> tuple[Table, ...]:
    return tables(report, live_assistant().knowledge, desk_language())
