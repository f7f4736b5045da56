"""Stands between a store and its database, so that the database can go away and come back."""

import socket
import threading
from contextlib import suppress


class Proxy:
    """Forwards connections to a server while it is up."""

    def __init__(self, host: str, port: int) -> None:
        self._server = (host, port)
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()
        self.port = 0
        """On which it listens, from the first ``up`` on."""
        self._listener: socket.socket | None = None

    def up(self) -> None:
        """Take connections."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def down(self) -> None:
        """Refuse connections, and cut those that there are."""
        with self._lock:
            if self._listener is not None:
                _cut(self._listener)
                self._listener = None
            for each in self._open:
                _cut(each)
            self._open.clear()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                here, _ = listener.accept()
                there = socket.create_connection(self._server)
                with self._lock:
                    self._open += [here, there]
                for pair in ((here, there), (there, here)):
                    threading.Thread(target=_forward, args=pair, daemon=True).start()


def _forward(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
    _cut(source)
    _cut(target)


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
