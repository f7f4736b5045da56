"""POST to a program outside: only to addresses that are allowed, and never for long."""

import socket
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from threading import Timer
from urllib.parse import urlsplit

from faqbot import __version__
from faqbot.errors import DeliveryError
from faqbot.helpdesk.presets import Request
from faqbot.outgoing.address import is_public

TIMEOUT = 5.0
"""Seconds for each step: to connect, to send, to be answered."""
DEADLINE = 15.0
"""Seconds for all of it."""
_ENOUGH = 64 * 1024
"""Bytes of an answer that are read; only its status matters."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How long a program may take, in seconds."""

    step: float = TIMEOUT
    whole: float = DEADLINE


def post(
    request: Request, *, allow_private: bool = False, tls: ssl.SSLContext | None = None, waits: Waits | None = None
) -> None:
    """POST; return once the program has taken it.

    Where the host is a name, it is looked up once, and what was found is checked and connected to: a name that leads
    elsewhere the next time it is looked up gains nothing. Redirections are not followed.

    :param allow_private: Whether an address that is not public may be connected to.
    :param tls: For ``https``; None trusts what the system trusts.
    :raises DeliveryError: if it was not taken: no answer in time, or a status other than 2xx.
    """
    place, limits = urlsplit(request.url), waits or Waits()
    secure = (tls or ssl.create_default_context()) if place.scheme == "https" else None
    connection = _Connection(place.hostname or "", place.port, secure, allow_private=allow_private, step=limits.step)
    path = f"{place.path or '/'}{f'?{place.query}' if place.query else ''}"
    headers = {"User-Agent": f"faqbot/{__version__}", "Connection": "close", **request.headers}
    timer = Timer(limits.whole, connection.break_off)
    timer.daemon = True
    timer.start()
    try:
        with closing(connection):
            connection.request("POST", path, request.body, headers)
            with connection.getresponse() as response:
                status, after = response.status, response.headers.get("Retry-After", "")
                with suppress(OSError, HTTPException):
                    response.read(_ENOUGH)
    except (OSError, HTTPException) as error:
        raise DeliveryError(_reason(TimeoutError() if connection.broken else error)) from error
    finally:
        timer.cancel()
    if not 200 <= status < 300:
        raise DeliveryError(f"HTTP status {status}", pause=_pause(after))


class _Connection(HTTPConnection):
    """A connection to an address that has been checked."""

    def __init__(
        self, host: str, port: int | None, tls: ssl.SSLContext | None, *, allow_private: bool, step: float
    ) -> None:
        self.default_port = 443 if tls else 80
        super().__init__(host, port or self.default_port, timeout=step)
        self._tls = tls
        self._allow_private = allow_private
        self._step = step
        self.broken = False
        """Whether it took too long in all."""

    def connect(self) -> None:
        """Connect to the first address of the host that answers.

        :raises DeliveryError: if one of its addresses is not allowed: then the name is not to be trusted.
        """
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        if not self._allow_private:
            for address in addresses:
                if not is_public(address):
                    raise DeliveryError(f"{self.host} leads to the private address {address}")
        self.sock = self._first(addresses)
        if self._tls is not None:
            self.sock = self._tls.wrap_socket(self.sock, server_hostname=self.host)
        if self.broken:
            raise TimeoutError

    def _first(self, addresses: list[str]) -> socket.socket:
        for address in addresses[:-1]:
            with suppress(OSError):
                return socket.create_connection((address, self.port), self._step)
        return socket.create_connection((addresses[-1], self.port), self._step)

    def break_off(self) -> None:
        """End whatever is waited for."""
        self.broken = True
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message})"
    if isinstance(error, socket.gaierror):
        return "its name leads to no address"
    return f"no answer ({type(error).__name__})"


def _pause(after: str) -> timedelta:
    """Return how long a program wants to be left alone; 0 where it does not say so in seconds."""
    return timedelta(seconds=int(after)) if after.isascii() and after.isdigit() and len(after) < 8 else timedelta(0)
