"""The read model is the same in whatever order the owners' events come."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.portal.projections.freshness import reached
from shared.events import EVENTS, Event
from tests.support import events as told
from tests.support.one_grant import by_owner, whole_life
from tests.support.portal import PortalUnderTest
from tests.support.services import KafkaRecord, record

TABLES = {
    "agreement": "agreement_id",
    "obligation": "obligation_id",
    "demand": "demand_id",
    "pot": "pot_id",
    "pot_act": "pot_id, sequence",
    "fund_movement": "application_id, sequence, pot_id",
    "payment": "payment_id",
    "claim": "claim_id",
    "fund": "fund_id",
    "application": "application_id",
    "measure": "application_id, sequence, measure_id",
    "saving": "saving_id",
    "saving_meter": "saving_id, meter_id",
}


def numbered(events: Sequence[Event]) -> list[KafkaRecord]:
    """Records with the sequence that each owner would give them."""
    counts: dict[tuple[str, str], int] = {}
    records = []
    for event in events:
        place = (event.topic, event.key)
        counts[place] = counts.get(place, 0) + 1
        records.append(record(event, counts[place]))
    return records


async def take(portal: PortalUnderTest, records: Sequence[KafkaRecord]) -> None:
    assert portal.service.reader is not None
    await portal.service.reader.take(records)


async def contents(portal: PortalUnderTest) -> dict[str, list[dict[str, object]]]:
    """Every row of the read model."""
    return {
        table: await portal.rows(f"SELECT * FROM {table} ORDER BY {key}")  # noqa: S608 - names from above
        for table, key in TABLES.items()
    }


def test_the_portal_reads_every_event_of_the_fund(portal: PortalUnderTest) -> None:
    assert set(portal.service.handlers.types) == {event.name for event in EVENTS}


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
async def test_any_interleaving_of_the_owners_gives_the_same_tables(
    portal: PortalUnderTest, data: st.DataObject
) -> None:
    queues: dict[tuple[str, str], list[KafkaRecord]] = {}
    for record_ in numbered(whole_life()):
        queues.setdefault((record_.topic, record_.key.decode()), []).append(record_)
    turns = data.draw(st.permutations([place for place, queue in queues.items() for _ in queue]))
    shuffled = [queues[place].pop(0) for place in turns]
    twice = data.draw(st.lists(st.sampled_from(shuffled), max_size=5))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(shuffled)), max_size=4)))
    await portal.empty()
    await take(portal, numbered(whole_life()))
    expected = await contents(portal)
    await portal.empty()

    for start, end in zip([0, *cuts], [*cuts, len(shuffled)], strict=True):
        await take(portal, shuffled[start:end])
    await take(portal, twice)

    assert await contents(portal) == expected
    assert await portal.rows("SELECT reason FROM parked_event") == []


async def test_an_event_older_than_what_a_row_holds_changes_nothing(portal: PortalUnderTest) -> None:
    newer = told.boundary_declared(complete=True, reason="All meters are there.")
    older = told.boundary_declared(complete=False, reason="One meter is missing.")

    await take(portal, [record(newer, 5)])
    await take(portal, [record(older, 4)])

    assert await portal.rows("SELECT boundary_reason FROM application") == [
        {"boundary_reason": "All meters are there."}
    ]


async def test_two_events_of_one_row_in_one_batch_leave_the_newer(portal: PortalUnderTest) -> None:
    await take(
        portal,
        [
            record(told.boundary_declared(complete=False, reason="One meter is missing."), 4),
            record(told.boundary_declared(complete=True, reason="All meters are there."), 5),
        ],
    )

    assert await portal.rows("SELECT boundary_complete FROM application") == [{"boundary_complete": True}]


async def test_the_measures_of_the_newest_event_hold(portal: PortalUnderTest) -> None:
    another = told.an_id("another measure")
    await portal.give(
        told.awarded(),
        told.submitted(),
        told.offer_accepted(measures=(told.measure(measure_id=another, kind="lighting"),)),
    )

    trace = await portal.get(f"/api/trace/projects/{told.APPLICATION_ID}")

    assert [measure["kind"] for measure in trace["measures"]] == ["lighting"]


@pytest.mark.parametrize("sequence", [1, 4])
async def test_a_page_may_wait_until_the_read_model_has_what_a_command_answered(
    portal: PortalUnderTest, sequence: int
) -> None:
    waiting = asyncio.create_task(
        reached(portal.service.sessions, "assessment.assessment", told.APPLICATION_ID, sequence)
    )
    await asyncio.sleep(0.05)
    await portal.give(*by_owner()["assessment"])

    assert await waiting


async def test_waiting_ends_after_half_a_second(portal: PortalUnderTest) -> None:
    started = asyncio.get_running_loop().time()

    assert not await reached(portal.service.sessions, "assessment.assessment", told.APPLICATION_ID, 1)
    assert asyncio.get_running_loop().time() - started < 2
