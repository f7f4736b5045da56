"""Clients that ask, each over a connection that is kept open."""

import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from time import monotonic, sleep
from urllib.parse import quote

_CLIENTS = 8
_SECONDS_TO_ANSWER = 30.0
_EVERY_FEEDBACK, _EVERY_SUGGESTION, _EVERY_SEARCH = 50, 7, 11
"""Among so many requests there is one of the kind; all others are chat."""


@dataclass
class Results:
    """What became of the requests since it was looked at last."""

    latencies: list[float] = field(default_factory=list)
    """Seconds from when a request was due until its answer was there."""
    failures: list[str] = field(default_factory=list)


class Load:
    """Asks from several threads at once."""

    def __init__(self, port: int, questions: Sequence[str], rate: float | None) -> None:
        """Take the port, what to ask, and how many requests a second; None for as many as are answered."""
        self._port, self._questions, self._rate = port, questions, rate
        self._numbers = count()
        self._began = monotonic()
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._results = Results()
        self._threads = [threading.Thread(target=self._ask, daemon=True) for _ in range(_CLIENTS)]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join(_SECONDS_TO_ANSWER + 1)

    def take(self) -> Results:
        """Return the results since the last call."""
        with self._lock:
            taken, self._results = self._results, Results()
        return taken

    def _ask(self) -> None:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=_SECONDS_TO_ANSWER)
        message_id = ""
        for number, due in self._due():
            method, path, body = self._request(number, message_id)
            try:
                connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
                response = connection.getresponse()
                answer = response.read()
                failure = None if response.status < 300 else f"{response.status} from {path.partition('?')[0]}"
                if path == "/api/chat" and failure is None:
                    message_id = json.loads(answer)["message_id"]
            except (OSError, HTTPException) as error:
                connection.close()
                failure = f"{type(error).__name__} from {path.partition('?')[0]}"
            with self._lock:
                self._results.latencies.append(monotonic() - due)
                self._results.failures += [failure] if failure else []

    def _due(self) -> Iterator[tuple[int, float]]:
        """Yield the number of the next request and when it is due, at that time."""
        while not self._stopped.is_set():
            number = next(self._numbers)
            due = monotonic() if self._rate is None else self._began + number / self._rate
            sleep(max(0.0, due - monotonic()))
            yield number, due

    def _request(self, number: int, message_id: str) -> tuple[str, str, bytes | None]:
        question = self._questions[number % len(self._questions)]
        if number % _EVERY_FEEDBACK == 0 and message_id:
            return "POST", "/api/feedback", json.dumps({"message_id": message_id, "helpful": True}).encode()
        if number % _EVERY_SUGGESTION == 0:
            return "GET", f"/api/suggest?q={quote(question[:20])}", None
        if number % _EVERY_SEARCH == 0:
            return "GET", f"/api/search?q={quote(question)}", None
        return "POST", "/api/chat", json.dumps({"message": question}).encode()
