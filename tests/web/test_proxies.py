"""Who the client is, where a proxy stands between."""

from collections.abc import Iterable
from ipaddress import ip_network
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder, run_wsgi_app

from faqbot.web.proxies import TrustedProxies, network_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

TRUSTED = [ip_network("10.0.0.0/24"), ip_network("fd00::/8")]


def seen(peer: str, **headers: str) -> str:
    """Return address and scheme that an application behind trusted proxies sees."""

    def show(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        start_response("200 OK", [])
        return [f"{environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']}".encode()]

    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    environ = EnvironBuilder(headers=named, environ_base={"REMOTE_ADDR": peer}).get_environ()
    body, *_ = run_wsgi_app(TrustedProxies(show, TRUSTED), environ)
    return b"".join(body).decode()


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("198.51.100.1", "203.0.113.9", "198.51.100.1"),
        ("10.0.0.5", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "1.1.1.1, 203.0.113.9, 10.0.0.7", "203.0.113.9"),
        ("10.0.0.5", "10.0.0.6,10.0.0.7", "10.0.0.6"),
        ("10.0.0.5", "203.0.113.9, nonsense", "10.0.0.5"),
        ("10.0.0.5", "nonsense, 203.0.113.9", "203.0.113.9"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("::ffff:10.0.0.5", "203.0.113.9", "203.0.113.9"),
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("", "203.0.113.9", ""),
    ],
)
def test_only_a_trusted_peer_says_who_the_client_is(peer: str, forwarded: str, client: str) -> None:
    assert seen(peer, X_Forwarded_For=forwarded) == f"{client} http"


@pytest.mark.parametrize(
    ("peer", "forwarded", "scheme"),
    [
        ("10.0.0.5", "https", "https"),
        ("10.0.0.5", "http, https", "https"),
        ("10.0.0.5", "gopher", "http"),
        ("198.51.100.1", "https", "http"),
    ],
)
def test_only_a_trusted_peer_says_that_it_is_https(peer: str, forwarded: str, scheme: str) -> None:
    assert seen(peer, X_Forwarded_Proto=forwarded) == f"{peer} {scheme}"


@given(st.lists(st.ip_addresses().map(str) | st.text("0123456789abc., :", max_size=20)).map(",".join))
def test_what_a_stranger_says_of_itself_changes_nothing(forwarded: str) -> None:
    assert seen("198.51.100.1", X_Forwarded_For=forwarded) == "198.51.100.1 http"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix", "unix"),
    ],
)
def test_a_client_is_an_address_or_the_network_of_one(address: str, network: str) -> None:
    assert network_of(address) == network
