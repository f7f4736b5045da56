"""What a channel needs of the rest of the program, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hmac import compare_digest

from faqbot.assistant import Assistant, Question
from faqbot.channels.ports import Ports
from faqbot.errors import StoreError
from faqbot.language.pack import language_pack
from faqbot.reply import Conversation
from faqbot.service import Answered, Asked
from faqbot.store.ticket import NewTicket, Status, Ticket

SECRET = "a-secret-of-more-than-32-characters-0123"
OLD_SECRET = "the-secret-before-of-32-characters-45678"


@dataclass
class Remembered:
    """A store that can be made to fail."""

    down: bool = False
    deliveries: set[tuple[str, str]] = field(default_factory=set)
    threads: dict[tuple[str, str], tuple[datetime, Conversation]] = field(default_factory=dict)
    now: list[float] = field(default_factory=lambda: [0.0])
    """Seconds since 1970, the only entry."""

    def first(self, source: str, delivery: str) -> bool:
        self._check()
        new = (source, delivery) not in self.deliveries
        self.deliveries.add((source, delivery))
        return new

    def forget(self, source: str, delivery: str) -> None:
        self._check()
        self.deliveries.discard((source, delivery))

    def get(self, channel: str, thread: str, *, since: datetime | None = None) -> Conversation | None:
        self._check()
        at, conversation = self.threads.get((channel, thread), (datetime.min.replace(tzinfo=UTC), None))
        return conversation if since is None or at >= since else None

    def keep(self, channel: str, thread: str, conversation: Conversation) -> None:
        self._check()
        self.threads[channel, thread] = (datetime.fromtimestamp(self.now[0], UTC), conversation)

    def _check(self) -> None:
        if self.down:
            raise StoreError("the store is down")


@dataclass
class Counting:
    """Answers, and counts what it is asked."""

    assistant: Assistant
    store: Remembered
    asked: list[Asked] = field(default_factory=list)
    forgetful: bool = False
    """Whether no feedback can be kept."""
    judged: list[tuple[str, bool]] = field(default_factory=list)
    handed: list[NewTicket] = field(default_factory=list)

    def answer(self, asked: Asked) -> Answered:
        reply = self.assistant.ask(Question(asked.text, asked.language, asked.conversation, asked.public_only))
        self.asked.append(asked)
        number = len(self.asked)
        name = (asked.conversation.id if asked.conversation else "") or f"c{number}"
        return Answered(replace(reply, conversation=replace(reply.conversation, id=name)), f"m{number}")

    def judge(self, message_id: str, helpful: bool, comment: str | None = None) -> bool:
        if self.forgetful:
            raise StoreError("the store is down")
        self._check()
        self.judged.append((message_id, helpful))
        return True

    def hand_over(self, new: NewTicket) -> tuple[Ticket, str | None]:
        self._check()
        known = new.idempotency_key in [each.idempotency_key for each in self.handed]
        if not known:
            self.handed.append(new)
        return _ticket(len(self.handed), new), None if known else "secret"

    def unreachable(self, language: str) -> str:
        return language_pack(language).say("handoff_down")

    def _check(self) -> None:
        if self.store.down:
            raise StoreError("the store is down")


@dataclass(frozen=True)
class OneHook:
    """A webhook."""

    name: str
    kind: str
    language: str | None = None
    silent: bool = False
    public_only: bool = False
    secrets: tuple[str, ...] = (SECRET, OLD_SECRET)

    def accepts(self, secret: str) -> bool:
        return sum(compare_digest(secret.encode(), each.encode()) for each in self.secrets) > 0


@dataclass
class SomeHooks:
    """Webhooks by name."""

    store: Remembered
    hooks: Sequence[OneHook]

    def find(self, name: str) -> OneHook | None:
        if self.store.down:
            raise StoreError("the store is down")
        return next((hook for hook in self.hooks if hook.name == name), None)


KINDS = ("slack", "mattermost", "rocketchat", "zulip")
HOOKS = (
    *(OneHook(kind, kind) for kind in KINDS),
    *(OneHook(f"{kind}-silent", kind, silent=True) for kind in KINDS),
    OneHook("mattermost-english", "mattermost", language="en"),
    OneHook("rocketchat-public", "rocketchat", public_only=True),
)
"""One for each program, and some with a setting."""


@dataclass
class Everything:
    """All ports, and what happened at them."""

    assistant: Assistant

    def __post_init__(self) -> None:
        self.store = Remembered()
        self.service = Counting(self.assistant, self.store)
        hooks = SomeHooks(self.store, HOOKS)
        self.ports = Ports(self.service, lambda: self.assistant, self.store, self.store, hooks)


def _ticket(number: int, new: NewTicket) -> Ticket:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    who = (new.name, new.contact, new.conversation, None)
    return Ticket(number, at, at, Status.NEW, new.channel, new.language, new.message, *who)
