"""How the parts of the application stand, as numbers; looked up when somebody asks."""

from collections.abc import Iterator
from dataclasses import dataclass

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily

from faqbot import __version__
from faqbot.errors import StoreError
from faqbot.helpdesk.delivery import Sender
from faqbot.live import LiveAssistant
from faqbot.service import Service
from faqbot.store.outbox import Stage
from faqbot.store.store import Store
from faqbot.web.limits import Limits

_EMBEDDINGS = ("ok", "loading", "degraded")


@dataclass(frozen=True, slots=True)
class State:
    """The parts, of which workers share most; what the others know is as good as what this one knows."""

    service: Service
    limits: Limits
    sender: Sender | None
    """None where nobody is told anything."""

    def collect(self) -> Iterator[Metric]:
        """Yield the numbers. It takes a query or two of the store, and some seconds while that does not answer."""
        yield _labelled("faqbot_build_info", "The version that runs.", "version", {__version__: 1})
        yield from _knowledge(self.service.live)
        yield _plain("faqbot_limits_shared", "1 while all processes count requests together.", self.limits.shared)
        store = self.service.store
        up = store.status()[0] == "ok"
        yield _plain("faqbot_store_up", "1 while the store answers.", up)
        if self.sender is not None and up:
            yield from _notices(store)


def _knowledge(live: LiveAssistant) -> Iterator[Metric]:
    knowledge, meaning = live.current().knowledge, live.meaning
    yield _labelled("faqbot_knowledge_info", "The revision that is answered from.", "revision", {knowledge.revision: 1})
    yield _plain("faqbot_knowledge_sections", "Sections of the knowledge.", len(knowledge.sections))
    yield _plain("faqbot_knowledge_questions", "Stored questions of the knowledge.", len(knowledge.questions))
    yield _plain("faqbot_knowledge_fault", "1 while the newest edit is not taken.", live.fault is not None)
    if meaning is not None:
        now = meaning.status[0]
        states = {state: float(state == now) for state in _EMBEDDINGS}
        yield _labelled("faqbot_embeddings_state", "1 for how the embeddings endpoint is.", "state", states)


def _notices(store: Store) -> Iterator[Metric]:
    found = GaugeMetricFamily(
        "faqbot_notices", "Notices about tickets that have not arrived.", labels=["target", "state"]
    )
    try:
        counts = store.outbox.by_target()
    except StoreError:
        return
    for target in {target for target, _ in counts}:
        for stage in Stage:
            found.add_metric([target, stage.value], counts.get((target, stage), 0))
    yield found


def _plain(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=float(value))


def _labelled(name: str, meaning: str, label: str, values: dict[str, float]) -> Metric:
    found = GaugeMetricFamily(name, meaning, labels=[label])
    for value, number in values.items():
        found.add_metric([value], number)
    return found
