"""Errors as ``application/problem+json`` (RFC 9457); where a page is not found, a browser gets a page instead."""

import logging
from http import HTTPStatus

from flask import Flask, Response, json, render_template, request
from werkzeug.exceptions import HTTPException

from faqbot.errors import FaqbotError, HelpdeskError, QuestionError, StoreError
from faqbot.web.outline import outline

_log = logging.getLogger(__name__)
_PASSED_ON = ("Allow", "Retry-After", "WWW-Authenticate")


def problem(status: HTTPStatus, detail: str) -> Response:
    """Return an error response; ``detail`` says what was wrong and what is allowed."""
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    return Response(json.dumps(body), status, mimetype="application/problem+json")


def handle_errors(app: Flask) -> None:
    """Answer every error of an application, expected or not, without a traceback."""

    @app.errorhandler(QuestionError)
    @app.errorhandler(HelpdeskError)
    def _refused(error: FaqbotError) -> Response:
        return problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))

    @app.errorhandler(StoreError)
    def _store_error(error: StoreError) -> Response:
        _log.error("%s: %s", type(error).__name__, error)
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, "nothing can be remembered now; please try again later")

    @app.errorhandler(FaqbotError)
    def _faqbot_error(error: FaqbotError) -> Response:
        return _fault(error)

    @app.errorhandler(HTTPException)
    def _http_error(error: HTTPException) -> Response:
        status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
        if status == HTTPStatus.NOT_FOUND and _wants_page():
            page = render_template("not_found.html")
            return Response(page, status, mimetype="text/html")
        response = problem(status, error.description or status.description)
        response.headers.extend({name: value for name, value in error.get_headers() if name in _PASSED_ON})
        return response

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> Response:
        return _fault(error)


def _fault(error: Exception) -> Response:
    # Neither the log nor the answer gets the error's text, which may quote what people wrote.
    _log.error("unexpected %s", outline(error))
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "something is wrong on the server")


def _wants_page() -> bool:
    best = request.accept_mimetypes.best_match(["application/json", "text/html"], "application/json")
    return best == "text/html" and not request.path.startswith("/api/")
