"""One trace from a browser's form through the portal, a service and its events to what readers do."""

import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer

from services.portal.identity import people
from shared.messaging import Cause
from shared.messaging.relay import Relay
from shared.telemetry import SEND_SECONDS, SPANS_WAITING, Telemetry
from tests.integration.portal_officer.test_funds import NEW, TERMS
from tests.support.collector import Collector, collector
from tests.support.council import Council
from tests.support.council import council as five_services
from tests.support.events import awarded
from tests.support.messaging import event_on, ledger, running
from tests.support.officer import signed_in
from tests.support.portal import OWN_ORIGIN, hidden_fields
from tests.support.services import record
from tests.support.topics import a_topic_name, make_topic

BROWSERS_OWN = "00-11111111111111111111111111111111-2222222222222222-01"


@pytest.fixture
def collected() -> Iterator[Collector]:
    with collector() as listening:
        yield listening


@pytest.fixture
async def council(
    postgres_url: str, tmp_path: Path, collected: Collector, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Council]:
    monkeypatch.setenv("OFFSET_FUND_OTLP_ENDPOINT", collected.url)
    async with five_services(postgres_url, tmp_path) as council:
        yield council


async def close(council: Council) -> None:
    """Send every span that waits."""
    for service in council.services.values():
        await service.service.telemetry.close()


async def open_a_fund(council: Council) -> None:
    """An officer sends the form that opens a fund, and its events are carried to every reader."""
    async with signed_in(council, people.OFFICER) as officer:
        fields = {**hidden_fields(await officer.open(NEW)), **TERMS}
        headers = {**OWN_ORIGIN, "traceparent": BROWSERS_OWN}
        answer = await officer.client.post(NEW, data=fields, headers=headers)
        assert answer.status_code == 303
    await council.settle()


async def test_one_trace_leads_from_the_form_to_the_read_model(
    council: Council, collected: Collector
) -> None:
    await open_a_fund(council)
    await close(council)

    form = collected.one("portal", "POST /officer/funds/new")
    asked = collected.one("portal", "POST applications")
    done = collected.one("applications", "POST /funds")
    taken = [span for span in collected.spans if span.name == "take batch" and span.trace == form.trace]
    learnt = collected.one("contributions", "handle fund.opened.v1")
    shown = collected.one("portal", "project fund.opened.v1")
    [event] = await council.applications.rows("SELECT traceparent FROM event_log")
    assert not form.parent
    assert form.trace not in BROWSERS_OWN
    assert asked.parent == form.id
    assert done.parent == asked.id
    assert event["traceparent"].startswith(f"00-{form.trace}-{done.id}-0")
    assert {span.service for span in taken} == {
        "applications",
        "assessment",
        "contributions",
        "monitoring",
        "portal",
    }
    assert {span.parent for span in taken} == {done.id}
    by_id = {span.id: span for span in collected.spans}
    assert by_id[learnt.parent].service == "contributions"
    assert by_id[shown.parent].service == "portal"
    assert {learnt.trace, shown.trace, done.trace, asked.trace} == {form.trace}
    assert not any(span.failed for span in collected.spans)
    say_nothing_of_people(collected)


def say_nothing_of_people(collected: Collector) -> None:
    told = {name for span in collected.spans for name in span.attributes}
    values = " ".join(value for span in collected.spans for value in (span.name, *span.attributes.values()))
    assert told == {
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "messaging.batch.message_count",
        "messaging.destination.name",
        "messaging.message.id",
        "messaging.system",
        "offset_fund.event_type",
    }
    assert str(people.OFFICER.id) not in values
    assert TERMS["name"] not in values


async def test_a_batch_of_many_traces_is_linked_to_them_and_each_event_stays_in_its_own(
    council: Council, collected: Collector
) -> None:
    traces = [f"00-{number:032x}-{number:016x}-01" for number in (1, 2)]
    poison = record(awarded(), 9, traceparent="00-not-a-trace")
    records = [record(awarded(), sequence, traceparent=trace) for sequence, trace in enumerate(traces, 1)]

    await council.portal.service.reader.take([*records, poison])
    await close(council)

    batch = collected.one("portal", "take batch")
    shown = [span for span in collected.spans if span.name == "project grant.awarded.v1"]
    assert not batch.parent
    assert sorted(batch.links) == [f"{number:016x}" for number in (1, 2)]
    assert sorted((span.trace, span.parent, span.links) for span in shown) == [
        (f"{number:032x}", f"{number:016x}", (batch.id,)) for number in (1, 2)
    ]


async def test_a_failure_marks_its_span_and_tells_no_message(collected: Collector) -> None:
    telemetry = Telemetry("tests", collected.url)

    with pytest.raises(ValueError, match="Ada Lovelace"), telemetry.span("fails"):
        raise ValueError("Ada Lovelace")
    await telemetry.close()

    assert collected.one("tests", "fails").failed
    assert collected.one("tests", "fails").attributes == {}


async def test_a_collector_that_is_away_costs_its_spans_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("shared.telemetry.END_SECONDS", 0.1)
    telemetry = Telemetry("tests", "http://127.0.0.1:1")

    for _ in range(SPANS_WAITING + 10):
        with telemetry.span("lost"):
            pass
    started = time.monotonic()
    await telemetry.close()

    assert time.monotonic() - started < SEND_SECONDS


async def test_the_relay_sends_the_place_in_the_trace_where_there_is_one(
    postgres_url: str, kafka_bootstrap_servers: str
) -> None:
    event = event_on(a_topic_name())
    await make_topic(kafka_bootstrap_servers, event.topic, partitions=1)
    async with ledger(postgres_url) as effects:
        relay = Relay("tests", effects.database_url, kafka_bootstrap_servers)
        for number, traceparent in ((1, BROWSERS_OWN), (2, None)):
            async with effects.work.begin(Cause("tests", "test", uuid4(), traceparent=traceparent)) as uow:
                uow.record(event(counter="a", number=number), sequence=number)
        async with running(relay.run()):
            first, second = await first_records(kafka_bootstrap_servers, event.topic, 2)

    assert dict(first.headers)["traceparent"] == BROWSERS_OWN.encode()
    assert "traceparent" not in dict(second.headers)


def test_nothing_of_the_sdk_is_loaded_where_no_endpoint_is_set() -> None:
    code = (
        "import sys, shared.telemetry as t; t.Telemetry('tests').span('off').__enter__();"
        "sys.exit(any(name.startswith('opentelemetry') for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def first_records(bootstrap_servers: str, topic: str, number: int) -> list[Any]:
    """The first records of a topic of one partition."""
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=bootstrap_servers, auto_offset_reset="earliest")
    await consumer.start()
    try:
        return [await consumer.getone() for _ in range(number)]
    finally:
        await consumer.stop()
