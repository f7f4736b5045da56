"""Something arrives, or it is said why not; where it must not go, it does not."""

import socket
from datetime import timedelta
from itertools import repeat
from threading import Thread

import pytest

from faqbot.errors import DeliveryError
from faqbot.helpdesk.post import Waits, post
from faqbot.helpdesk.presets import Request
from tests.outside import Receiver, Trust

HASTY = Waits(step=0.2, whole=0.4)


def to(url: str) -> Request:
    return Request(url, "máy in".encode(), {"X-Test": "1"})


def test_body_headers_and_query_arrive(receiver: Receiver) -> None:
    post(to(f"{receiver.url}?key=a%20b"), allow_private=True)
    call = receiver.calls[0]
    assert (call.path, call.body, call.headers["X-Test"]) == ("/hook?key=a%20b", "máy in".encode(), "1")
    assert call.headers["User-Agent"].startswith("faqbot/")


@pytest.mark.parametrize("status", [200, 201, 204])
def test_whatever_says_yes_is_yes(receiver: Receiver, status: int) -> None:
    receiver.status = status
    post(to(receiver.url), allow_private=True)


@pytest.mark.parametrize("status", [301, 307, 400, 401, 404, 429, 500, 503])
def test_any_other_answer_is_a_failure_and_no_redirection_is_followed(receiver: Receiver, status: int) -> None:
    receiver.status, receiver.headers = status, {"Location": receiver.url}
    with pytest.raises(DeliveryError, match=f"HTTP status {status}"):
        post(to(receiver.url), allow_private=True)
    assert len(receiver.calls) == 1


@pytest.mark.parametrize(("after", "seconds"), [("90", 90), ("", 0), ("Wed, 21 Oct 2026 07:28:00 GMT", 0), ("-5", 0)])
def test_a_program_may_ask_for_a_pause(receiver: Receiver, after: str, seconds: int) -> None:
    receiver.status, receiver.headers = 429, {"Retry-After": after}
    with pytest.raises(DeliveryError) as caught:
        post(to(receiver.url), allow_private=True)
    assert caught.value.pause == timedelta(seconds=seconds)


def test_a_program_that_hangs_is_given_up(receiver: Receiver) -> None:
    receiver.may_answer.clear()
    with pytest.raises(DeliveryError, match="no answer in time"):
        post(to(receiver.url), allow_private=True, waits=HASTY)


def test_a_program_that_answers_a_little_at_a_time_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection = server.accept()[0]
            with connection:
                connection.settimeout(0.05)
                for letter in repeat(b"x"):
                    try:
                        connection.sendall(letter)
                        connection.recv(1000)
                    except TimeoutError:
                        continue
                    except OSError:
                        return

        thread = Thread(target=drip)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(DeliveryError, match="no answer in time"):
            post(to(url), allow_private=True, waits=HASTY)
        thread.join()


def test_of_an_endless_answer_only_the_status_matters(receiver: Receiver) -> None:
    receiver.answer = lambda: b"x" * 10_000_000
    post(to(receiver.url), allow_private=True)


def test_where_nobody_listens_nothing_arrives(nowhere: str) -> None:
    with pytest.raises(DeliveryError, match="no answer"):
        post(to(nowhere), allow_private=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254"])
def test_a_private_address_is_not_connected_to(receiver: Receiver, host: str) -> None:
    with pytest.raises(DeliveryError, match="private address"):
        post(to(receiver.url.replace("127.0.0.1", host)))
    assert receiver.calls == []


def test_a_name_is_looked_up_once_and_what_was_checked_is_connected_to(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, looked_up = socket.getaddrinfo, []

    def rebinding(host: str, *args: object, **options: object) -> object:
        if host != "crm.example.org":
            return real(host, *args, **options)  # type: ignore[arg-type]
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))]

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    url = receiver.url.replace("127.0.0.1", "crm.example.org")
    with pytest.raises(DeliveryError, match=r"crm.example.org leads to the private address 127.0.0.1"):
        post(to(url))
    post(to(url), allow_private=True)
    assert len(looked_up) == 2
    assert receiver.calls[0].headers["Host"] == url.split("/")[2]


def test_a_name_without_an_address_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: object, **options: object) -> object:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(DeliveryError, match="leads to no address"):
        post(to("https://crm.example.org"))


def test_a_trusted_certificate_is_taken_and_another_is_not(trust: Trust) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"https://localhost:{server.getsockname()[1]}/"

        def answer() -> None:
            for _ in range(2):
                with server.accept()[0] as plain:
                    try:
                        with trust.server.wrap_socket(plain, server_side=True) as connection:
                            got = b""
                            while not got.endswith("máy in".encode()):
                                got += connection.recv(10_000)
                            connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
                    except OSError:
                        continue

        thread = Thread(target=answer)
        thread.start()
        post(to(url), allow_private=True, tls=trust.client)
        with pytest.raises(DeliveryError, match="certificate is not trusted"):
            post(to(url), allow_private=True)
        thread.join()
