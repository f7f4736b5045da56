"""Programs outside, on the loopback interface: one that takes webhooks, and a mail server."""

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.ports import free_port

USER, PASSWORD = "bot", "correct horse battery"


@dataclass(frozen=True, slots=True)
class Call:
    """A request that came in."""

    path: str
    headers: dict[str, str]
    body: bytes


class Receiver:
    """A program that takes webhooks, and answers with 200 until told otherwise."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/hook"
        self.status = 200
        self.headers: dict[str, str] = {}
        self.answer: Callable[[], bytes] = bytes
        self.calls: list[Call] = []
        self.arrived = Event()
        """Set once something has come in."""
        self.may_answer = Event()
        """Clear it to let the program hang."""
        self.may_answer.set()


class _Server(ThreadingHTTPServer):
    request_queue_size = 64
    daemon_threads = True


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A running program."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.calls.append(Call(self.path, dict(self.headers), body))
            found.arrived.set()
            found.may_answer.wait()
            try:
                self.send_response(found.status)
                for name, value in found.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(found.answer())
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with _Server(("127.0.0.1", 0), Handler) as server:
        found = Receiver(server.server_port)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield found
        found.may_answer.set()
        server.shutdown()
        thread.join()


class Mailbox:
    """A mail server's spool."""

    def __init__(self) -> None:
        self.port = 0
        self.raw: list[bytes] = []
        self.receivers: list[list[str]] = []
        self.encrypted: list[bool] = []
        self.answer = "250 OK"
        """To whatever is handed in."""

    @property
    def letters(self) -> list[EmailMessage]:
        """What was handed in, as it is read."""
        return [message_from_bytes(each, policy=default) for each in self.raw]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a letter."""
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        self.receivers.append(list(envelope.rcpt_tos))
        self.encrypted.append(session.ssl is not None)
        return self.answer


def _known(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
    assert isinstance(given, LoginPassword)
    known = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=False)


@dataclass(frozen=True, slots=True)
class Trust:
    """Certificates of servers here, and who trusts them."""

    server: ssl.SSLContext
    client: ssl.SSLContext


@pytest.fixture(scope="session")
def trust() -> Trust:
    """Certificates for the loopback interface."""
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(server)
    authority.configure_trust(client)
    return Trust(server, client)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A running mail server without TLS or accounts."""
    yield from _running()


@pytest.fixture
def guarded_mailbox(trust: Trust) -> Iterator[Mailbox]:
    """A running mail server that offers STARTTLS, and then wants a password."""
    yield from _running(tls_context=trust.server, require_starttls=True, auth_required=True, authenticator=_known)


@pytest.fixture
def open_mailbox() -> Iterator[Mailbox]:
    """A running mail server that takes a password, and offers no TLS."""
    yield from _running(auth_require_tls=False, authenticator=_known)


def _running(**options: Any) -> Iterator[Mailbox]:
    found = Mailbox()
    found.port = free_port()
    controller = Controller(found, hostname="127.0.0.1", port=found.port, **options)
    controller.start()
    yield found
    controller.stop()
