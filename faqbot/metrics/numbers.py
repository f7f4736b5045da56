"""What is counted and measured. Every label has few values, and none is what a user wrote.

Each worker process counts for itself; ``faqbot.metrics.gathering`` adds them up.
"""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()  # type: ignore[no-untyped-call]

REGISTRY = CollectorRegistry()
"""Holds what this process counts."""
_LIVE_SUM: Final = "livesum"
_LIVE_MOST: Final = "livemax"

_ANSWER_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_REQUEST_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_TENTHS = tuple(tenth / 10 for tenth in range(1, 10))

WORKERS = Gauge("faqbot_workers", "Processes that answer.", registry=REGISTRY, multiprocess_mode=_LIVE_SUM)

QUESTIONS = Counter(
    "faqbot_questions",
    "Messages that were replied to, by kind of reply, its language, and the channel.",
    ("outcome", "language", "channel"),
    registry=REGISTRY,
)
ANSWER_SECONDS = Histogram(
    "faqbot_answer_duration_seconds",
    "How long it takes to find a reply, without the HTTP around it.",
    registry=REGISTRY,
    buckets=_ANSWER_SECONDS,
)
CONFIDENCE = Histogram(
    "faqbot_confidence",
    "How likely the best section of a reply is the right one, 0 to 1, by kind of reply.",
    ("outcome",),
    registry=REGISTRY,
    buckets=_TENTHS,
)
FEEDBACK = Counter("faqbot_feedback", "Verdicts on replies.", ("helpful",), registry=REGISTRY)
TICKETS = Counter("faqbot_tickets_opened", "Tickets that were opened.", ("channel", "language"), registry=REGISTRY)

REQUESTS = Counter(
    "faqbot_requests", "HTTP requests that were answered.", ("endpoint", "method", "status"), registry=REGISTRY
)
REQUEST_SECONDS = Histogram(
    "faqbot_request_duration_seconds",
    "How long an HTTP request takes.",
    ("endpoint",),
    registry=REGISTRY,
    buckets=_REQUEST_SECONDS,
)

EXCHANGES_WAITING = Gauge(
    "faqbot_exchanges_waiting",
    "Questions with their replies that wait to be written into the store.",
    registry=REGISTRY,
    multiprocess_mode=_LIVE_SUM,
)
EXCHANGES_LOST = Counter(
    "faqbot_exchanges_lost", "Questions with their replies that could not be kept.", registry=REGISTRY
)
WORK = Gauge(
    "faqbot_background_work",
    "Work for chat programs that was begun after a request, or waits for its turn.",
    registry=REGISTRY,
    multiprocess_mode=_LIVE_SUM,
)
WORK_REFUSED = Counter("faqbot_background_work_refused", "Such work for which there was no room.", registry=REGISTRY)
WORK_FAILED = Counter("faqbot_background_work_failed", "Such work that ended with an error.", registry=REGISTRY)

LIMITS_REFUSED = Counter(
    "faqbot_limits_refused", "Requests that were one too many, by what is limited.", ("limit",), registry=REGISTRY
)
LIMITS_FAULT = Gauge(
    "faqbot_limits_fault",
    "1 while Redis should count requests and cannot be reached, so that each process counts for itself.",
    registry=REGISTRY,
    multiprocess_mode=_LIVE_MOST,
)

WEBHOOKS_RECEIVED = Counter(
    "faqbot_webhooks_received",
    "Requests of chat programs, by program and what became of them.",
    ("platform", "outcome"),
    registry=REGISTRY,
)
DELIVERIES_REPEATED = Counter(
    "faqbot_deliveries_repeated", "Messages that a chat program delivered again.", ("channel",), registry=REGISTRY
)
REPLIES_POSTED = Counter(
    "faqbot_replies_posted",
    "Replies that were posted to Slack, by what became of them.",
    ("outcome",),
    registry=REGISTRY,
)
NOTICES_SENT = Counter(
    "faqbot_notices_sent",
    "Attempts to tell a target about a ticket, by what became of them.",
    ("target", "outcome"),
    registry=REGISTRY,
)


def begin_at_zero() -> None:
    """Let the counts that alerts watch be there before anything happens, so that the first time shows as a rise."""
    for outcome in ("answer", "clarify", "decline", "smalltalk"):
        CONFIDENCE.labels(outcome)
        for language in ("vi", "en"):
            for channel in ("web", "page", "slack", "hook"):
                QUESTIONS.labels(outcome, language, channel)
    for verdict in ("yes", "no"):
        FEEDBACK.labels(verdict)
    for limit in ("client", "login address", "login name"):
        LIMITS_REFUSED.labels(limit)
    for outcome in ("arrived", "failed", "unknown"):
        REPLIES_POSTED.labels(outcome)
