"""A stand-in for Slack on the loopback interface: its Web API, and the addresses that it gives for later replies.

It is strict where Slack is: about the token, and about the limits of Block Kit.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs

import pytest

TOKEN = "xoxb-of-the-stand-in"
SHARED_CHANNEL = "CSHARED"
"""A channel with people from outside."""


@dataclass(frozen=True)
class Trouble:
    """An answer that is not as wanted."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: object = None
    hang: bool = False
    drop: bool = False


RATE_LIMITED = Trouble(429, {"Retry-After": "7"}, {"ok": False, "error": "ratelimited"})
BROKEN = Trouble(500, body={"ok": False, "error": "internal_error"})
HANGING = Trouble(hang=True)
DROPPED = Trouble(drop=True)


@dataclass
class SlackStandIn:
    """A running stand-in."""

    port: int
    troubles: list[Trouble] = field(default_factory=list)
    """What happens to the next requests; then all is well again."""
    posts: list[dict[str, Any]] = field(default_factory=list)
    """The messages that were posted."""
    responses: list[dict[str, Any]] = field(default_factory=list)
    """What was sent to a ``response_url``."""
    faults: list[str] = field(default_factory=list)
    """Why requests were refused."""
    requests: int = 0
    arrived: Event = field(default_factory=Event)
    """Set when something was sent to a ``response_url``."""
    released: Event = field(default_factory=Event)
    """Ends what hangs."""

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def api(self) -> str:
        return f"{self.origin}/api/"

    @property
    def response_url(self) -> str:
        return f"{self.origin}/commands/T1/2/3"

    def take(self, path: str, token: str, body: dict[str, Any]) -> object:
        """Deal with a request; return the answer."""
        if path.startswith("/commands/"):
            fault = message_fault(body) if body.get("blocks") or body.get("text") else None
            if fault:
                self.faults.append(fault)
                return {"ok": False, "error": fault}
            self.responses.append(body)
            self.arrived.set()
            return {"ok": True}
        if token != f"Bearer {TOKEN}":
            return self._refuse("invalid_auth")
        if path == "/api/auth.test":
            return {"ok": True, "user": "faqbot", "team": "Library"}
        if path == "/api/conversations.info":
            return {"ok": True, "channel": {"id": body["channel"], "is_ext_shared": body["channel"] == SHARED_CHANNEL}}
        if path != "/api/chat.postMessage":
            return self._refuse("unknown_method")
        if fault := ("channel_not_found" if not body.get("channel") else message_fault(body)):
            return self._refuse(fault)
        self.posts.append(body)
        return {"ok": True, "ts": f"1700000000.{len(self.posts):06}", "channel": body["channel"]}

    def _refuse(self, fault: str) -> object:
        self.faults.append(fault)
        return {"ok": False, "error": fault}


def message_fault(body: Mapping[str, Any]) -> str | None:
    """Return what Slack would refuse a message for."""
    blocks = body.get("blocks") or []
    if not body.get("text") and not blocks:
        return "no_text"
    if len(body.get("text", "")) > 40_000:
        return "msg_too_long"
    if len(blocks) > 50:
        return "invalid_blocks: more than 50"
    return next((f"invalid_blocks: {fault}" for block in blocks for fault in block_faults(block)), None)


def block_faults(block: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a block."""
    match block.get("type"):
        case "section":
            yield from _text_faults(block["text"], 3_000)
        case "context":
            if not 1 <= len(block["elements"]) <= 10:
                yield "a context of more than 10"
        case "actions":
            if not 1 <= len(block["elements"]) <= 25:
                yield "more than 25 elements"
            names = [element["action_id"] for element in block["elements"]]
            if len(set(names)) < len(names):
                yield "an action_id twice"
            for element in block["elements"]:
                yield from _button_faults(element)
        case other:
            yield f"the type {other}"


def _button_faults(button: Mapping[str, Any]) -> Iterator[str]:
    yield from _text_faults(button["text"], 75)
    if button["text"]["type"] != "plain_text":
        yield "marked-up text on a button"
    if len(button["value"]) > 2_000:
        yield "a value of more than 2,000 characters"
    if len(button["action_id"]) > 255:
        yield "an action_id of more than 255 characters"


def _text_faults(text: Mapping[str, Any], most: int) -> Iterator[str]:
    if not 1 <= len(text["text"]) <= most:
        yield f"a text of {len(text['text'])} characters, {most} are allowed"


class _Server(ThreadingHTTPServer):
    request_queue_size = 64
    daemon_threads = True


@pytest.fixture
def slack() -> Iterator[SlackStandIn]:
    """A running stand-in for Slack."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            found.requests += 1
            trouble = found.troubles.pop(0) if found.troubles else None
            if trouble is not None and trouble.hang:
                found.released.wait()
            if trouble is not None and (trouble.drop or trouble.hang):
                self.close_connection = True
                return
            answer = (
                trouble.body
                if trouble
                else found.take(self.path, self.headers.get("Authorization", ""), self._read(data))
            )
            self._answer(trouble.status if trouble else 200, trouble.headers if trouble else {}, answer)

        def _read(self, data: bytes) -> dict[str, Any]:
            if self.headers.get_content_type() == "application/json":
                body: dict[str, Any] = json.loads(data)
                return body
            return {name: values[0] for name, values in parse_qs(data.decode()).items()}

        def _answer(self, status: int, headers: Mapping[str, str], answer: object) -> None:
            with suppress(ConnectionError):
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(json.dumps(answer).encode())

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with _Server(("127.0.0.1", 0), Handler) as server:
        found = SlackStandIn(server.server_port)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield found
        found.released.set()
        server.shutdown()
        thread.join()


def texts_of(body: Mapping[str, Any]) -> str:
    """Return all words of a message, its blocks' and its buttons' too."""
    found: list[str] = [body.get("text", "")]
    blocks: Sequence[Mapping[str, Any]] = body.get("blocks") or []
    for block in blocks:
        parts = [block["text"]] if "text" in block else block["elements"]
        found += [part["text"]["text"] if isinstance(part["text"], dict) else part["text"] for part in parts]
    return "\n".join(found)
