"""Clients that are slow, silent, too many or talk nonsense; meanwhile everybody else is served."""

import json
import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic

import pytest

from tests.server_process import LONGEST
from tests.web.server.running import Served, eventually, served

SECONDS = 1
"""``FAQBOT_CLIENT_SECONDS`` of the server."""
MANY = 10_000
"""Connections, where the machine lets a process open so many files."""
_FILES_BESIDE = 200
POST = b"POST /api/chat HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
GET = b"GET /healthz HTTP/1.1\r\nHost: here\r\n"
BODY = json.dumps({"message": "giờ mở cửa"}).encode()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that waits a second for its clients."""
    with served(tmp_path_factory.mktemp("server"), {"FAQBOT_CLIENT_SECONDS": str(SECONDS)}) as found:
        yield found


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that waits for its clients as long as these tests take."""
    with served(tmp_path_factory.mktemp("patient"), {"FAQBOT_CLIENT_SECONDS": "600"}) as found:
        yield found


def response_to(server: Served, *sent: bytes) -> bytes:
    """Send something, and return all that comes back until the server closes the connection."""
    with server.connect() as client:
        for part in sent:
            client.sendall(part)
        return all_of(client)


def all_of(client: socket.socket) -> bytes:
    received = bytearray()
    try:
        while piece := client.recv(65_536):
            received += piece
    except ConnectionResetError:
        pass
    return bytes(received)


def many() -> int:
    """Return how many connections this process can open, after asking for more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MANY + _FILES_BESIDE if hard == resource.RLIM_INFINITY else min(hard, MANY + _FILES_BESIDE)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return min(MANY, wanted - _FILES_BESIDE)


@contextmanager
def connections(server: Served, number: int, sent: bytes) -> Iterator[list[socket.socket]]:
    """Hold connections, on each of which something was sent."""
    with ExitStack() as stack:
        clients = [stack.enter_context(server.connect()) for _ in range(number)]
        for client in clients:
            client.sendall(sent)
        yield clients


def seconds_to_serve(server: Served) -> float:
    """Return how long an answer takes somebody who comes anew."""
    begun = monotonic()
    assert server.ask("giờ mở cửa")["kind"] == "answer"
    assert server.answers()
    return monotonic() - begun


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: here\r\n", id="half of the headers"),
        pytest.param(POST + b"Content-Length: 40\r\n\r\n{", id="half of the body"),
        pytest.param(POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n", id="some of the chunks"),
    ],
)
def test_thousands_who_send_no_more_keep_nobody_waiting(patient: Served, sent: bytes) -> None:
    number = many()
    with connections(patient, number, sent) as clients:
        assert max(seconds_to_serve(patient) for _ in range(5)) < LONGEST / 10
    assert len(clients) == number


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(b"", b"", id="nothing"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: here\r\n", b"", id="half of the headers"),
        pytest.param(GET + b"\r\n", b"HTTP/1.1 200 OK", id="a whole request, and no other"),
        pytest.param(POST + b"Content-Length: 40\r\n\r\n{", b"HTTP/1.1 408 ", id="half of the body"),
        pytest.param(POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", b"HTTP/1.1 408 ", id="some of the chunks"),
    ],
)
def test_who_sends_no_more_is_cut(server: Served, sent: bytes, status: bytes) -> None:
    assert response_to(server, sent).startswith(status)


@pytest.mark.parametrize(
    ("first", "piece"),
    [
        pytest.param(b"GET / HTTP/1.1\r\n", b"X: 1\r\n", id="headers"),
        pytest.param(POST + b"Content-Length: 60000\r\n\r\n", b"x", id="body"),
    ],
)
def test_who_sends_drop_by_drop_is_cut(server: Served, first: bytes, piece: bytes) -> None:
    with server.connect() as client:
        client.sendall(first)
        client.settimeout(0.05)
        begun, closed = monotonic(), False
        while not closed:
            assert monotonic() - begun < LONGEST
            try:
                client.sendall(piece)
                closed = client.recv(1_000) == b""
            except TimeoutError:
                continue
            except (BrokenPipeError, ConnectionResetError):
                closed = True
        assert monotonic() - begun >= SECONDS / 2


def test_who_takes_nothing_of_what_is_sent_is_cut(server: Served) -> None:
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        client.settimeout(LONGEST)
        client.connect(("127.0.0.1", server.port))
        client.setblocking(False)
        ask = b"GET /widget.js HTTP/1.1\r\nHost: here\r\n\r\n" * 100

        def cut() -> bool:
            try:
                client.send(ask)
            except BlockingIOError:
                return False
            except (BrokenPipeError, ConnectionResetError):
                return True
            return False

        assert eventually(cut)
    assert seconds_to_serve(server) < LONGEST


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(GET + b"X: " + b"a" * 100_000 + b"\r\n\r\n", 431, id="a huge header"),
        pytest.param(GET + b"".join(b"X-%d: 1\r\n" % each for each in range(500)) + b"\r\n", 431, id="many headers"),
        pytest.param(b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n", 431, id="a huge address"),
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400, id="TLS"),
        pytest.param(b"SSH-2.0-OpenSSH_9.6\r\n\r\n", 400, id="SSH"),
        pytest.param(bytes(range(256)) * 1_000, 400, id="bytes"),
        pytest.param(GET + b"Content-Length: -1\r\n\r\n", 400, id="a negative length"),
        pytest.param(POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400, id="two lengths"),
        pytest.param(POST + b"Content-Length: 99999999999\r\n\r\n{", 413, id="a huge body"),
        pytest.param(
            POST + b"Transfer-Encoding: chunked\r\n\r\n" + (b"8000\r\n" + b"x" * 0x8000 + b"\r\n") * 3,
            413,
            id="a huge body in chunks",
        ),
    ],
)
def test_nonsense_is_refused_at_once_and_the_connection_closed(patient: Served, sent: bytes, status: int) -> None:
    received = response_to(patient, sent)
    # A client that is still sending may be told by a reset alone.
    assert received.startswith(b"HTTP/1.1 %d " % status) or received == b""


def test_a_second_request_hidden_in_a_body_is_not_answered(patient: Served) -> None:
    hidden = POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + GET + b"\r\n"
    assert response_to(patient, hidden).count(b"HTTP/1.1 ") == 1


def test_requests_one_behind_the_other_are_answered_in_order(patient: Served) -> None:
    asked = [GET + b"\r\n", b"GET /nowhere HTTP/1.1\r\nHost: here\r\n\r\n", GET + b"Connection: close\r\n\r\n"]
    received = response_to(patient, b"".join(asked))
    assert [part[:3] for part in received.split(b"HTTP/1.1 ")[1:]] == [b"200", b"404", b"200"]


def test_who_closes_half_of_the_connection_is_let_go(patient: Served) -> None:
    for sent in (b"", GET, POST + b"Content-Length: 40\r\n\r\n{"):
        with patient.connect() as client:
            client.sendall(sent)
            client.shutdown(socket.SHUT_WR)
            assert not all_of(client).startswith(b"HTTP/1.1 200 ")


def test_who_leaves_in_the_middle_does_no_harm(patient: Served) -> None:
    for sent in (GET, POST + b"Content-Length: 40\r\n\r\n{", POST + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY):
        with connections(patient, 200, sent):
            pass
    assert seconds_to_serve(patient) < LONGEST
    assert "Traceback" not in patient.log.read_text("utf-8")
