"""One JSON line per request and per batch, and the figures that Prometheus collects."""

import logging
import re
import sys
from collections.abc import Iterable

import structlog
from prometheus_client import Counter, Gauge, Histogram
from structlog.typing import EventDict

REQUEST_SECONDS = Histogram(
    "offset_fund_request_seconds", "Time to answer a request.", ["service", "method", "route", "status"]
)
EVENTS_READ = Counter(
    "offset_fund_events_read",
    "Events taken from Kafka, by what became of them.",
    ["service", "type", "outcome"],
)
BATCH_SECONDS = Histogram("offset_fund_batch_seconds", "Time to take a batch of events.", ["service"])
EVENTS_SENT = Counter("offset_fund_events_sent", "Events that the relay delivered to Kafka.", ["service"])
OUTBOX_DEPTH = Gauge("offset_fund_outbox_depth", "Events that wait for the relay.", ["service"])
OUTBOX_AGE_SECONDS = Gauge(
    "offset_fund_outbox_age_seconds", "Age of the oldest event that waits.", ["service"]
)
BLOCKED = Gauge("offset_fund_blocked_events", "Events that Kafka refuses for themselves.", ["service"])
TOPIC_HELD = Gauge(
    "offset_fund_topic_held",
    "1 while the relay sends nothing to a topic: missing or failing.",
    ["service", "topic"],
)
TOPICS_LOST = Counter(
    "offset_fund_topics_lost", "Times that Kafka lost a topic, which is then refilled.", ["service", "topic"]
)
RELAY_LEADING = Gauge(
    "offset_fund_relay_leading", "1 in the one process whose relay sends the service's events.", ["service"]
)
READER_ASSIGNED = Gauge(
    "offset_fund_reader_assigned", "1 while Kafka gives this process partitions to read.", ["service"]
)
READER_LAG = Gauge("offset_fund_reader_lag", "Events in Kafka that the service has not taken.", ["service"])
PARKED = Gauge("offset_fund_parked_events", "Events set aside for a person to look at.", ["service"])
WAITING = Gauge("offset_fund_waiting_events", "Events that wait for another event.", ["service"])
WAITING_AGE_SECONDS = Gauge(
    "offset_fund_waiting_age_seconds", "Age of the event that waits longest for another.", ["service"]
)
COMMANDS = Counter(
    "offset_fund_commands",
    "Commands carried out, and repeats that got the first answer.",
    ["service", "outcome"],
)
REFUSED_ATTEMPTS = Counter(
    "offset_fund_refused_attempts", "Attempts at what the person may not do.", ["service", "code"]
)
ANSWERS_FORGOTTEN = Counter(
    "offset_fund_answers_forgotten", "Answers of commands deleted after their 30 days.", ["service"]
)
CONNECTIONS_IN_USE = Gauge(
    "offset_fund_database_connections_in_use", "Connections of the pool that work just now.", ["service"]
)
CONNECTIONS_LIMIT = Gauge(
    "offset_fund_database_connections_limit", "Connections that the pool may open at most.", ["service"]
)

ROW_VALUES = re.compile(r"DETAIL: .*?(?=\n\n|\Z)", re.DOTALL)
"""What PostgreSQL adds to an error: the row that it refused, whoever it is about."""


def begin_at_zero(service: str, topics: Iterable[str]) -> None:
    """Let what counts rare things exist from the start: Prometheus sees no increase to a first value."""
    for counter in (EVENTS_SENT, BATCH_SECONDS, ANSWERS_FORGOTTEN):
        counter.labels(service)
    for topic in topics:
        TOPICS_LOST.labels(service, topic)
        TOPIC_HELD.labels(service, topic)


def configure_logging(service: str, level: str = "INFO") -> None:
    """Send every log line to standard output as one JSON object that names the service."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            without_row_values,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(service=service)
    logging.basicConfig(stream=sys.stdout, level="WARNING", format="%(name)s %(levelname)s %(message)s")


def without_row_values(_logger: object, _method: str, event: EventDict) -> EventDict:
    """A log line whose traceback says what failed, not with whose name or address."""
    if "exception" in event:
        event["exception"] = ROW_VALUES.sub("DETAIL: left out", event["exception"])
    return event
