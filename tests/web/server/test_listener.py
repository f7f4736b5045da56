"""Sockets that share an address."""

import socket
from contextlib import ExitStack

import pytest

from faqbot.errors import SettingsError
from faqbot.web.server.listener import listen


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
@pytest.mark.parametrize("sockets", [1, 3])
def test_all_sockets_listen_at_one_address(host: str, sockets: int) -> None:
    with ExitStack() as stack:
        made = [stack.enter_context(each) for each in listen(host, 0, sockets=sockets, seconds_to_take=3)]
        addresses = {each.getsockname() for each in made}
        assert (len(made), len(addresses)) == (sockets, 1)
        for each in made:
            assert each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)


def test_what_a_server_has_is_not_shared_with_another() -> None:
    with ExitStack() as stack:
        made = [stack.enter_context(each) for each in listen("127.0.0.1", 0, sockets=2, seconds_to_take=3)]
        with pytest.raises(SettingsError, match="Address already in use"):
            listen("127.0.0.1", made[0].getsockname()[1], sockets=2, seconds_to_take=3)


def test_connections_are_cut_whose_client_takes_nothing_for_the_time() -> None:
    (listener,) = listen("127.0.0.1", 0, sockets=1, seconds_to_take=3)
    with listener, socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 3_000
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
