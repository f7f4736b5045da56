"""How the server writes its log: a line of JSON a record, or a line for a person; never the text of an error."""

import logging
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from flask import has_request_context, request
from pythonjsonlogger.json import JsonFormatter

from faqbot.settings import Settings
from faqbot.web.outline import outline
from faqbot.web.requests import REQUEST_ID, UNKNOWN_ROUTE

_log = logging.getLogger(__name__)

ExceptionInformation = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class RequestFields(logging.Filter):
    """Adds to a record which request it belongs to, if any: its id, method and route. A path may hold secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return True: nothing is left out."""
        record.worker = record.process
        if has_request_context():
            record.request_id = request.environ.get(REQUEST_ID)
            record.method = request.method if request.url_rule else None
            record.route = request.url_rule.rule if request.url_rule else UNKNOWN_ROUTE
        return True


class JsonLines(JsonFormatter):
    """Writes a record as JSON. Fields that are None are left out."""

    def __init__(self) -> None:
        super().__init__(
            ["time", "level", "name", "message", "worker"],
            rename_fields={"name": "logger", "exc_info": "error"},
            json_ensure_ascii=False,
        )

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        record.time = _moment(record)
        record.level = record.levelname.lower()
        return str(super().format(record))

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Leave out what is None."""
        return {name: value for name, value in log_data.items() if value is not None}

    def formatException(self, ei: ExceptionInformation) -> str:
        """Return an error without its text."""
        return _outline(ei)


class TextLines(logging.Formatter):
    """Writes a record for a person."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; more than one where there is an error."""
        named = getattr(record, "request_id", None)
        line = f"{_moment(record)} {record.levelname.lower()} {record.name}: {record.getMessage()}"
        error = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return f"{line} [{named}]{error}" if named else f"{line}{error}"

    def formatException(self, ei: ExceptionInformation) -> str:
        """Return an error without its text."""
        return _outline(ei)


def log_settings(settings: Settings) -> dict[str, Any]:
    """Return how to log, for ``logging.config.dictConfig``: everything to standard error.

    Lines of faqbot and its server from the level that is set; those of libraries from "warning", since below that they
    may show what people wrote.
    """
    form = settings.log or ("text" if sys.stderr.isatty() else "json")
    level = settings.log_level.upper()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request": {"()": RequestFields}},
        "formatters": {"line": {"()": JsonLines if form == "json" else TextLines}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "formatter": "line",
                "filters": ["request"],
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {"faqbot": {"level": level}, "_granian": {"level": level}},
    }


def log_lost_threads() -> None:
    """Log the error that ends a thread, instead of printing it with its text."""
    threading.excepthook = _on_lost_thread


def _on_lost_thread(found: threading.ExceptHookArgs) -> None:
    name = found.thread.name if found.thread else "?"
    what = outline(found.exc_value) if found.exc_value else found.exc_type.__name__
    _log.error("the thread %s ended with an error: %s", name, what)


def _outline(found: ExceptionInformation) -> str:
    return outline(found[1]) if found[1] is not None else ""


def _moment(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"
