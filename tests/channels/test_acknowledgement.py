"""Slack waits for three seconds. We acknowledge in milliseconds, over real HTTP, whatever Slack's own server does."""

import asyncio
import os
import sys
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, count, islice
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import pytest

from tests.channels.ports import SECRET
from tests.channels.requests import FORM, JSON, event_body, mention, signed
from tests.channels.serving import HOOK
from tests.channels.slack_api import BROKEN, HANGING, RATE_LIMITED, SlackStandIn, Trouble
from tests.ports import free_port
from tests.server_process import running

SENDERS = 16
REQUESTS = 10
"""Of each sender."""
PAUSE = 0.1
"""Seconds that a sender lets pass after each, so that there are some 150 requests in a second."""
MOST = 0.05
"""Seconds that 99 of 100 requests may take."""
LONGEST_WAIT = 5.0
"""Seconds; Zulip, the least patient, gives up after ten."""
Body = tuple[str, bytes, str]
"""Path, body and type of a request."""


def in_own_loop(waiting: Coroutine[None, None, list[float]]) -> list[float]:
    """Run it in a thread of its own: a browser of other tests may have a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, waiting).result()


@pytest.fixture
def server(slack: SlackStandIn, tmp_path: Path) -> Iterator[int]:
    """The port of a running server."""
    port = free_port()
    command = [sys.executable, "-m", "tests.channels.serving", str(port), str(tmp_path), slack.api]
    with running(command, port, tmp_path / "log") as found:
        yield found.port
        slack.released.set()


def event(number: int) -> Body:
    return "/slack/events", event_body(mention("KVM cần bao nhiêu RAM?", ts=f"{number}.1"), event_id=f"E{number}"), JSON


def command(number: int) -> Body:
    form = {"command": "/faq", "text": "KVM cần bao nhiêu RAM?", "user_id": f"U{number}", "channel_id": "C1"}
    return "/slack/commands", urlencode(form).encode(), FORM


def click(number: int) -> Body:
    return "/slack/interactive", urlencode({"payload": '{"type": "block_actions", "actions": []}'}).encode(), FORM


def hook(number: int) -> Body:
    form = {"token": SECRET, "user_id": "u", "channel_id": f"c{number}", "text": "KVM cần bao nhiêu RAM?"}
    return f"/hooks/{HOOK}", urlencode({**form, "post_id": f"p{number}"}).encode(), FORM


async def seconds_of(port: int, bodies: Sequence[Body], pause: float = 0.0) -> list[float]:
    """Send requests one after the other over one connection, with pauses; return how long each took, in seconds."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    found = []
    for path, body, kind in bodies:
        headers = {"Host": "localhost", "Content-Type": kind, "Content-Length": str(len(body))}
        lines = [
            f"POST {path} HTTP/1.1",
            *(f"{name}: {value}" for name, value in (headers | signed(body, time.time())).items()),
        ]
        begun = time.perf_counter()
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(int(head.partition(b"content-length: ")[2].partition(b"\r")[0]))
        found.append(time.perf_counter() - begun)
        assert head.startswith(b"http/1.1 200")
        await asyncio.sleep(pause)
    writer.close()
    await writer.wait_closed()
    return found


async def all_at_once(port: int, make: Callable[[int], Body], numbers: Iterator[int]) -> list[float]:
    """Let all senders send; return how long the requests took, the quickest first."""
    rows = [[make(number) for number in islice(numbers, REQUESTS)] for _ in range(SENDERS)]
    return sorted(chain.from_iterable(await asyncio.gather(*(seconds_of(port, row, PAUSE) for row in rows))))


def slowest_but_one_in_a_hundred(port: int, make: Callable[[int], Body]) -> float:
    """Return the 99th percentile of the better of two rounds, after one to warm up, in seconds."""
    numbers = count()
    rounds = []
    for _ in range(3):
        found = in_own_loop(all_at_once(port, make, numbers))
        rounds.append(found[round(0.99 * len(found)) - 1])
        print(f"median {median(found) * 1000:.1f} ms, 99th percentile {rounds[-1] * 1000:.1f} ms")
    return min(rounds[1:])


def crowding() -> float:
    """Return how many others there are for each of our turns on this machine; 1 where it is ours alone."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


@pytest.mark.parametrize("make", [event, command, click], ids=["event", "command", "click"])
@pytest.mark.timing
def test_with_16_senders_99_of_100_requests_of_slacks_are_acknowledged_in_50_ms(
    server: int, make: Callable[[int], Body]
) -> None:
    assert slowest_but_one_in_a_hundred(server, make) < MOST * crowding()


@pytest.mark.timing
def test_with_16_senders_a_webhook_is_answered_long_before_its_program_gives_up(server: int) -> None:
    assert slowest_but_one_in_a_hundred(server, hook) < LONGEST_WAIT


@pytest.mark.parametrize("trouble", [HANGING, RATE_LIMITED, BROKEN, Trouble(drop=True)])
def test_whatever_slack_does_an_event_is_acknowledged_within_a_second(
    server: int, slack: SlackStandIn, trouble: Trouble
) -> None:
    slack.troubles += [trouble] * 40
    assert max(in_own_loop(seconds_of(server, [event(number) for number in range(20)]))) < 1
