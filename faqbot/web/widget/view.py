"""The address that pages load the widget from."""

from flask import Blueprint, Response, request

from faqbot.web.widget.script import widget_script

blueprint = Blueprint("widget", __name__)

_SECONDS_KEPT = 600
"""By browsers, which then ask whether it has changed."""


@blueprint.get("/widget.js")
def widget() -> Response:
    """Send the script, compressed where the browser takes that."""
    script = widget_script()
    zipped = request.accept_encodings["gzip"] > 0
    response = Response(script.zipped if zipped else script.plain, mimetype="text/javascript")
    response.set_etag(f"{script.tag}-gzip" if zipped else script.tag)
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.update(["Accept-Encoding", "Origin"])
    response.cache_control.public = True
    response.cache_control.max_age = _SECONDS_KEPT
    # Pages that isolate themselves (COEP) load only what says that it may be loaded from anywhere.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.make_conditional(request)
    return response
