"""Addresses on the web."""

import pytest

from faqbot.web_address import web_address

PLAIN = ["http://localhost", "https://faq.example.com", "http://[::1]:8000/path", "https://faq.example.com/a/b"]
REFUSED = [
    *("", "faq.example.com", "ftp://faq.example.com", "http://", "http://:80", "http://host:0", "http://host:port"),
    *("http://host/a b", "http://host/\n", "http://máy-chủ", "http://user@host", "http://host/#there", "http://[::1"),
]


@pytest.mark.parametrize("url", PLAIN)
@pytest.mark.parametrize("query", [False, True])
def test_a_plain_address_is_taken_apart(url: str, query: bool) -> None:
    found = web_address(url, query=query)
    assert found is not None
    assert found.geturl() == url


@pytest.mark.parametrize("url", REFUSED)
@pytest.mark.parametrize("query", [False, True])
def test_anything_else_is_no_address(url: str, query: bool) -> None:
    assert web_address(url, query=query) is None


def test_a_query_is_taken_where_it_may_be() -> None:
    assert web_address("http://host/?a=1") is None
    assert web_address("http://host/?a=1", query=True) is not None
