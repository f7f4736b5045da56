"""Knowledge in releases, with a mark of each in all that it says, and a server that is asked on and on."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from threading import Condition, Event, Thread
from time import monotonic
from typing import Any
from urllib.parse import quote, urlencode

from tests.following import SECONDS, save_by_renaming
from tests.server_process import running_faqbot

MARK = re.compile(r"release\d+")
_RANKING = '{"results":'
CERTAIN = 20
"""Rankings one after the other by new knowledge, after which no worker of two has the old one."""

_HEADINGS = ("hours Opening hours", "loans Borrowing books", "fines Late returns")
_QUESTIONS = """
hours:
  related: [loans, fines]
  questions:
    - {vi: ["mấy giờ mở cửa"], en: ["when does the hall open"], answer: {en: "The hall opens at seven in MARK."}}
loans:
  related: [fines, hours]
  questions: [{vi: ["được mượn mấy cuốn"], en: ["how many books may I borrow"]}]
"""


def write(folder: Path, number: int) -> None:
    """Write a release, one file after the other."""
    mark = f"release{number}"
    (folder / "hall").mkdir(parents=True, exist_ok=True)
    for language, verb in (("en", "The hall opens at seven in"), ("vi", "Hội trường mở lúc bảy giờ trong")):
        sections = (heading.split(" ", 1) for heading in _HEADINGS)
        text = "".join(f"## {title} {mark} {{#{name}}}\n\n{verb} {mark}.\n\n" for name, title in sections)
        save_by_renaming(folder / "hall" / f"hall.{language}.md", f"# Hall {mark}\n\n{text}")
    save_by_renaming(folder / "hall" / "questions.yaml", _QUESTIONS.replace("MARK", mark))


def swap(folder: Path, number: int) -> None:
    """Put a release in the place of the folder as a whole."""
    beside = folder.with_name(f"beside-{number}")
    write(beside, number)
    folder.rename(folder.with_name(f"before-{number}"))
    beside.rename(folder)


@dataclass(frozen=True, slots=True)
class Seen:
    """A reply."""

    asked: float
    """When; seconds since some moment."""
    status: int
    text: str

    @property
    def marks(self) -> frozenset[str]:
        """Of all releases that are quoted."""
        return frozenset(MARK.findall(self.text))


@dataclass
class Server:
    """A running ``faqbot serve``."""

    port: int
    log: Path
    seen: list[Seen] = field(default_factory=list)
    more: Condition = field(default_factory=Condition)

    def request(self, method: str, path: str, body: str | None = None, kind: str = "json") -> tuple[int, str]:
        """Return the status and the text of a response."""
        types = {"json": "application/json", "form": "application/x-www-form-urlencoded"}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)) as connection:
            connection.request(method, path, body, {"Content-Type": types[kind]})
            response = connection.getresponse()
            return response.status, response.read().decode()

    def chat(self, message: str, context: str | None = None) -> dict[str, Any]:
        status, text = self.request("POST", "/api/chat", json.dumps({"message": message, "context": context}))
        assert status == 200, text
        found: dict[str, Any] = json.loads(text)
        return found

    def wait_until_ready_says(self, text: str) -> None:
        """Wait until a worker says so in ``/readyz``."""
        deadline = monotonic() + SECONDS
        while text not in (said := self.request("GET", "/readyz")[1]):
            assert monotonic() < deadline, said

    def wait_for(self, is_new: Callable[[Seen], bool], since: float) -> float:
        """Wait until no worker has old knowledge; return for how long after a moment one was still asked with it.

        :param is_new: Tells it by a reply that ranks all sections.
        """

        def ranked() -> list[Seen]:
            return [each for each in self.seen if each.text.startswith(_RANKING)]

        def is_certain() -> bool:
            found = ranked()[-CERTAIN:]
            return len(found) == CERTAIN and all(is_new(each) for each in found)

        with self.more:
            assert self.more.wait_for(is_certain, SECONDS), f"{self.seen[-3:]}\n{self.log.read_text('utf-8')}"
            return max([each.asked - since for each in ranked() if not is_new(each)], default=0.0)

    def ask_on(self, stopped: Event) -> None:
        """Ask, in one conversation and out of it, in all ways that quote the knowledge."""
        context = ""
        form = urlencode({"message": "how many books may I borrow"})
        for number in cycle(range(4)):
            if stopped.is_set():
                return
            asked = monotonic()
            match number:
                case 0 | 1:
                    message = ("when does the hall open", "được mượn mấy cuốn")[number]
                    status, text = self.request(
                        "POST", "/api/chat", json.dumps({"message": message, "context": context})
                    )
                    body = json.loads(text)
                    context = body.pop("context")
                case 2:
                    status, text = self.request("GET", f"/api/search?lang=en&q={quote('when does the hall open')}")
                case _:
                    status, text = self.request("POST", "/?lang=en", form, "form")
                    text = re.sub(r'name="context"[^>]*', "", text)
            with self.more:
                self.seen.append(Seen(asked, status, text))
                self.more.notify_all()


@contextmanager
def asked(server: Server, threads: int = 4) -> Iterator[None]:
    """Ask a server from several sides while the block runs."""
    stopped = Event()
    askers = [Thread(target=server.ask_on, args=(stopped,)) for _ in range(threads)]
    for asker in askers:
        asker.start()
    try:
        yield
    finally:
        stopped.set()
        for asker in askers:
            asker.join()


@contextmanager
def serving(knowledge: Path, data: Path) -> Iterator[Server]:
    """Run a server of two workers until the block ends."""
    with running_faqbot(knowledge, data, workers=2) as found:
        yield Server(found.port, found.log)
        found.stop()


def mixed(seen: Sequence[Seen]) -> list[Seen]:
    """Return the replies that are not from one release."""
    return [each for each in seen if each.status != 200 or len(each.marks) != 1]
