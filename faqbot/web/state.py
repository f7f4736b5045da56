"""How the parts of the application stand, as numbers; looked up when somebody asks."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily

from faqbot import __version__
from faqbot.errors import StoreError
from faqbot.helpdesk.delivery import Sender
from faqbot.live import LiveAssistant
from faqbot.service import Service
from faqbot.store.notice import Stage
from faqbot.web.limits import Limits
from faqbot.web.probe import SECONDS_TO_WAIT, Probe

_EMBEDDINGS = ("ok", "loading", "degraded")


Notices = Mapping[tuple[str, Stage], int]
"""How many there are, by target and stage."""
_LATE = ("degraded", f"no answer within {SECONDS_TO_WAIT:g} s")


class State:
    """The parts, of which workers share most; what the others know is as good as what this one knows."""

    def __init__(self, service: Service, limits: Limits, sender: Sender | None) -> None:
        """Take the parts; no sender where nobody is told anything."""
        self._service = service
        self._limits = limits
        self.store = Probe(service.store.status, _LATE)
        """How the store is, ``ok`` or ``degraded``, and why."""
        self.webhooks = Probe(sender.status, _LATE) if sender else None
        """The same of notices to others."""
        self._notices = Probe[Notices](service.store.outbox.by_target, {}) if sender else None

    def collect(self) -> Iterator[Metric]:
        """Yield the numbers, at once, also while the store does not answer."""
        yield _labelled("faqbot_build_info", "The version that runs.", "version", {__version__: 1})
        yield from _knowledge(self._service.live)
        yield _plain("faqbot_limits_shared", "1 while all processes count requests together.", self._limits.shared)
        up = self.store()[0] == "ok"
        yield _plain("faqbot_store_up", "1 while the store answers.", up)
        if self._notices is not None and up:
            with suppress(StoreError):  # it went down just now
                yield _waiting(self._notices())


def _knowledge(live: LiveAssistant) -> Iterator[Metric]:
    held = live.held
    knowledge, meaning = held.assistant.knowledge, held.meaning
    yield _labelled("faqbot_knowledge_info", "The revision that is answered from.", "revision", {knowledge.revision: 1})
    yield _plain("faqbot_knowledge_sections", "Sections of the knowledge.", len(knowledge.sections))
    yield _plain("faqbot_knowledge_questions", "Stored questions of the knowledge.", len(knowledge.questions))
    yield _plain("faqbot_knowledge_fault", "1 while the newest edit is not taken.", held.fault is not None)
    if meaning is not None:
        now = meaning.status[0]
        states = {state: float(state == now) for state in _EMBEDDINGS}
        yield _labelled("faqbot_embeddings_state", "1 for how the embeddings endpoint is.", "state", states)


def _waiting(counts: Notices) -> Metric:
    found = GaugeMetricFamily(
        "faqbot_notices", "Notices about tickets that have not arrived.", labels=["target", "state"]
    )
    for target in {target for target, _ in counts}:
        for stage in Stage:
            found.add_metric([target, stage.value], counts.get((target, stage), 0))
    return found


def _plain(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=float(value))


def _labelled(name: str, meaning: str, label: str, values: dict[str, float]) -> Metric:
    found = GaugeMetricFamily(name, meaning, labels=[label])
    for value, number in values.items():
        found.add_metric([value], number)
    return found
