"""The sockets on which a server listens."""

import socket
import sys
from typing import Any

from faqbot.errors import SettingsError

BACKLOG = 2_048
"""Connections that may wait until a worker accepts them."""


def listen(host: str, port: int, *, sockets: int, seconds_to_take: int) -> tuple[socket.socket, ...]:
    """Return sockets that listen at one address; the kernel spreads connections over them.

    It also cuts a connection whose client takes nothing any more of what was sent to it.

    :param host: A name or an address; of several addresses an IPv4 one is preferred.
    :param port: 0 for one that is free.
    :param seconds_to_take: In which a client must take at least something.
    :raises SettingsError: if nothing can listen there.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = min(found, key=lambda each: each[0] != socket.AF_INET)
        with _bound(family, address) as alone:
            # Whoever shares an address does not notice that others, who share theirs too, have it already.
            address = alone.getsockname()
        listeners = tuple(_bound(family, address, shared=True) for _ in range(sockets))
        for listener in listeners:
            _begin(listener, seconds_to_take)
    except OSError as error:
        raise SettingsError(f"cannot listen on {host}, port {port}: {error.strerror or error}") from error
    except UnicodeError as error:
        raise SettingsError(f"cannot listen on {host}, port {port}: it is no name of a host") from error
    return listeners


def _bound(family: int, address: Any, *, shared: bool = False) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        made.bind(address)
    except OSError:
        made.close()
        raise
    return made


def _begin(listener: socket.socket, seconds_to_take: int) -> None:
    """Listen; connections inherit these options."""
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if sys.platform == "linux":
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, seconds_to_take * 1_000)
    listener.listen(BACKLOG)
