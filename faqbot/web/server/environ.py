"""A request as WSGI (PEP 3333) describes it."""

import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any

from granian.rsgi import Scope

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_WITHOUT_PREFIX = ("CONTENT_TYPE", "CONTENT_LENGTH")
_PUT_TOGETHER = "HTTP_TRANSFER_ENCODING"
"""Is not told: the application gets every body whole."""


def environ_of(scope: Scope, body: bytes) -> "WSGIEnvironment":
    """Describe a request whose body is here.

    Fields whose name has an underscore are left out: they would pass for others, such as ``X_Forwarded_For`` for the
    one that a proxy sets.

    :param body: Empty too where it is so large that it was not read; ``CONTENT_LENGTH`` says so then.
    """
    server, port = _address(scope.server)
    fields = _fields(scope)
    if _PUT_TOGETHER in fields:
        del fields[_PUT_TOGETHER]
        fields["CONTENT_LENGTH"] = str(len(body))
    if scope.authority is not None:
        fields.setdefault("HTTP_HOST", scope.authority)
    return {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": "HTTP/1.0" if scope.http_version == "1" else f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": _address(scope.client)[0],
        **fields,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _fields(scope: Scope) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        key = key if key in _WITHOUT_PREFIX else f"HTTP_{key}"
        found[key] = f"{found[key]},{value}" if key in found else value
    return found


def _address(text: str) -> tuple[str, str]:
    """Split ``127.0.0.1:8000`` or ``[::1]:8000``."""
    host, _, port = text.rpartition(":")
    return host.strip("[]"), port
