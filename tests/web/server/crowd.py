"""Many people who ask at the same time, and note what they hear."""

import json
import threading
from http.client import HTTPConnection
from itertools import count
from types import TracebackType

from tests.server_process import CLOSED, LONGEST
from tests.web.server.running import JSON, Served, eventually


class Crowd:
    """Asks over connections that are kept open, while the block runs."""

    def __init__(self, server: Served, people: int = 8, *, come_back: bool = True) -> None:
        """Take the server.

        :param come_back: Whether they open another connection when the server closes theirs; else they leave.
        """
        self._server = server
        self._come_back = come_back
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._stay, daemon=True) for _ in range(people)]
        self._numbers = count()
        self.ids: list[str] = []
        """Of the replies that arrived whole."""
        self.failures: list[str] = []
        """What went wrong."""

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        self.hear(4 * len(self._threads))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stopped.set()
        self.all_left()

    def hear(self, more: int) -> None:
        """Wait until so many more replies have arrived."""
        wanted = len(self.ids) + more
        eventually(lambda: len(self.ids) >= wanted)

    def all_left(self) -> None:
        """Wait until nobody asks any more."""
        for thread in self._threads:
            thread.join(LONGEST)
            assert not thread.is_alive()

    def _stay(self) -> None:
        while not self._stopped.is_set():
            try:
                with self._server.client() as connection:
                    self._ask_on(connection)
            except CLOSED as error:
                self.failures.append(repr(error))
            if not self._come_back:
                return

    def _ask_on(self, connection: HTTPConnection) -> None:
        """Ask until the server says that this was the last answer on the connection."""
        last = False
        while not (last or self._stopped.is_set()):
            body = json.dumps({"message": f"giờ mở cửa {next(self._numbers)}"})
            connection.request("POST", "/api/chat", body, JSON)
            response = connection.getresponse()
            last = response.will_close
            reply = json.load(response)
            if response.status == 200:
                self.ids.append(reply["message_id"])
            else:
                self.failures.append(str(response.status))
