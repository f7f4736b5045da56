"""What a WSGI application sees of a request, and the client of its response."""

import http.client
import json
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ports import free_port
from tests.server_process import running
from tests.web.server.running import Served
from tests.web.server.showing import LARGEST_BODY

SEGMENTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=4)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that shows what reaches the application."""
    port, log = free_port(), tmp_path_factory.mktemp("showing") / "log"
    command = [sys.executable, "-m", "tests.web.server.showing", "127.0.0.1", str(port)]
    with running(command, port, log) as found:
        yield Served.of(found)


def seen(server: Served, head: bytes, body: bytes = b"") -> Any:
    """Return what the application sees of a request that is written out."""
    with server.connect() as client:
        client.sendall(head + b"\r\n\r\n" + body)
        response = http.client.HTTPResponse(client)
        response.begin()
        assert response.status == 200, response.status
        return json.load(response)


def test_a_request_is_described_as_wsgi_wants_it(server: Served) -> None:
    head = b"POST /a%20b?x=%20&y HTTP/1.1\r\nHost: here:80\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nX-One: 1"
    assert {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/a b",
        "QUERY_STRING": "x=%20&y",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": str(server.port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "here:80",
        "HTTP_X_ONE": "1",
        "CONTENT_TYPE": "text/plain",
        "CONTENT_LENGTH": "2",
        "wsgi.url_scheme": "http",
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "body": "hi",
    } == seen(server, head, b"hi")


@settings(max_examples=50)
@given(SEGMENTS)
def test_every_path_arrives_as_latin_1_of_its_utf_8(server: Served, segments: list[str]) -> None:
    path = "/seen/" + "/".join(segments)
    assert (
        seen(server, f"GET {quote(path)} HTTP/1.1\r\nHost: x".encode())["PATH_INFO"].encode("latin-1") == path.encode()
    )


def test_a_field_that_comes_twice_is_one_with_a_comma(server: Served) -> None:
    assert seen(server, b"GET / HTTP/1.1\r\nHost: x\r\nX-A: 1\r\nX-A: 2")["HTTP_X_A"] == "1,2"


def test_no_field_can_pass_for_one_that_a_proxy_sets(server: Served) -> None:
    found = seen(server, b"GET / HTTP/1.1\r\nHost: x\r\nX_Forwarded_For: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8")
    assert found["HTTP_X_FORWARDED_FOR"] == "5.6.7.8"


def test_a_request_of_an_old_client_has_no_host(server: Served) -> None:
    found = seen(server, b"GET / HTTP/1.0")
    assert (found["SERVER_PROTOCOL"], found.get("HTTP_HOST")) == ("HTTP/1.0", None)


def test_a_body_in_chunks_arrives_whole_with_its_length(server: Served) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked"
    found = seen(server, head, b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    assert (found["body"], found["CONTENT_LENGTH"]) == ("abcde", "5")
    assert "HTTP_TRANSFER_ENCODING" not in found


@pytest.mark.parametrize(("size", "read"), [(LARGEST_BODY, LARGEST_BODY), (LARGEST_BODY + 1, 0), (10**12, 0)])
def test_a_body_that_says_it_is_too_large_is_not_read(server: Served, size: int, read: int) -> None:
    found = seen(server, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d" % size, b"x" * min(size, LARGEST_BODY))
    assert (len(found["body"]), found["CONTENT_LENGTH"]) == (read, str(size))


def test_of_a_body_that_does_not_say_so_one_byte_too_many_is_read(server: Served) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked"
    found = seen(server, head, b"1000\r\n" + b"x" * 0x1000 + b"\r\n0\r\n\r\n")
    assert found["CONTENT_LENGTH"] == str(LARGEST_BODY + 1)


def response(server: Served, path: str, method: str = "GET") -> tuple[http.client.HTTPResponse, bytes]:
    with server.client() as connection:
        connection.request(method, path)
        found = connection.getresponse()
        return found, found.read()


def test_a_response_in_pieces_is_put_together_and_closed(server: Served) -> None:
    first, body = response(server, "/pieces")
    second, _ = response(server, "/pieces")
    assert (body, first.headers["Content-Length"]) == (b"zero one two", "12")
    assert int(second.headers["X-Closed"] or 0) == int(first.headers["X-Closed"] or 0) + 1


def test_a_response_may_be_empty_and_have_a_field_twice(server: Served) -> None:
    found, body = response(server, "/nothing")
    assert (found.status, body, found.headers.get_all("Set-Cookie")) == (204, b"", ["a=1", "b=2"])


def test_a_head_has_no_body(server: Served) -> None:
    found, body = response(server, "/pieces", "HEAD")
    assert (found.status, body) == (200, b"")


def test_an_application_that_fails_is_answered_for_without_its_words(server: Served) -> None:
    found, body = response(server, "/fail")
    assert (found.status, json.loads(body)["title"]) == (500, "Internal Server Error")
    assert "secret" not in server.log.read_text("utf-8") + body.decode()
    assert "ValueError" in server.log.read_text("utf-8")
