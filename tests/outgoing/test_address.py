"""Addresses inside are told from those on the Internet, in whatever form they come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faqbot.outgoing.address import is_number, is_public
from faqbot.outgoing.mail_address import mail_address


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254", "172.16.0.1"),
        *("192.168.1.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fc00::1", "fe80::1", "fe80::1%eth0", "ff02::1"),
        *("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"),
    ],
)
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_on_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_is_as_public_as_it_is_in_other_clothes(address: object) -> None:
    assert is_public(f"::ffff:{address}") == is_public(str(address))


def test_names_are_told_from_numbers() -> None:
    assert [is_number(each) for each in ("::1", "10.0.0.1", "example.org", "10.0.0")] == [True, True, False, False]


@pytest.mark.parametrize("text", ["lan@example.org", " lan.nguyen+it@mail.example.org ", "a@b.vn"])
def test_a_mail_address_is_taken(text: str) -> None:
    assert mail_address(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", "0912 345 678", "lan", "lan@", "@example.org", "lan@localhost", "a b@example.org", "a..b@x.vn"),
        *("lan@example.org\nBcc: all@example.org", "lan@example.org,minh@example.org", "Lan <lan@example.org>"),
        *("lán@example.org", "lan@-x.vn", "x" * 250 + "@x.vn"),
    ],
)
def test_anything_else_is_no_mail_address(text: str | None) -> None:
    assert mail_address(text) is None


@given(st.text())
def test_a_mail_address_is_one_printable_word(text: str) -> None:
    found = mail_address(text)
    assert found is None or (found.isprintable() and found.isascii() and not set(found) & set(' ,<>"\\'))
