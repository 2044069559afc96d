"""The read model rebuilt from Kafka, while the portal goes on reading events and showing pages."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.portal.projections import subscribe
from services.portal.rebuild import SHADOW
from shared.database import transaction
from shared.errors import Conflict
from shared.messaging import Handlers, rebuild
from shared.messaging.delivery import deliver
from shared.messaging.parking import Aside, set_aside
from shared.messaging.rebuild import Rebuild, Rebuilt
from tests.benchmarks.raw_kafka import send_all
from tests.support.messaging import create_topic
from tests.support.one_grant import whole_life
from tests.support.services import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shared.events import Event
    from tests.support.portal import PortalUnderTest
    from tests.support.services import KafkaRecord

AGREEMENTS = 300


class Told:
    """A topic that stands for all of the fund's, with what was told on it so far."""

    def __init__(self, kafka: str, topic: str) -> None:
        self.kafka, self.topic = kafka, topic
        self._counts: dict[str, int] = {}

    async def tell(self, events: Sequence[Event]) -> list[KafkaRecord]:
        """Send events in order, numbered for each owner's topic and key."""
        records = self.numbered(events)
        await send_all(self.kafka, records)
        return records

    def numbered(self, events: Sequence[Event]) -> list[KafkaRecord]:
        """The same records without sending them."""
        records = []
        for event in events:
            place = f"{event.topic} {event.key}"
            self._counts[place] = self._counts.get(place, 0) + 1
            sent = record(event, self._counts[place])
            # Two owners' facts about one key came by two topics: here the key keeps them apart.
            records.append(replace(sent, topic=self.topic, key=place.encode()))
        return records

    async def rebuild(self, portal: PortalUnderTest) -> Rebuilt:
        """Rebuild the portal's read model from this topic alone."""
        handlers = Handlers("portal")
        subscribe(handlers)
        handlers.types = {
            name: type(event.__name__, (event,), {"topic": self.topic, "__module__": __name__})
            for name, event in handlers.types.items()
        }
        return await Rebuild(handlers, SHADOW, portal.service.settings.database_url, self.kafka).run()


@pytest.fixture
async def told_so_far(kafka_bootstrap_servers: str) -> Told:
    return Told(kafka_bootstrap_servers, await create_topic(kafka_bootstrap_servers))


def agreements(many: int = AGREEMENTS) -> list[Event]:
    first = next(event for event in whole_life() if type(event).__name__ == "AgreementRecorded")
    return [first.model_copy(update={"agreement_id": uuid4(), "reference": f"S106/{n}"}) for n in range(many)]


async def take(portal: PortalUnderTest, records: Sequence[KafkaRecord]) -> None:
    assert portal.service.reader is not None
    await portal.service.reader.take(records)


async def contents(portal: PortalUnderTest) -> dict[str, list[dict[str, Any]]]:
    """Every row of the read model, but for the moments at which they were written."""
    found = {}
    for table in SHADOW.tables:
        key = ", ".join(column.name for column in table.primary_key)
        rows = await portal.rows(f"SELECT * FROM {table.name} ORDER BY {key}")  # noqa: S608 - names of tables.py
        found[table.name] = [{name: row[name] for name in row if name not in SHADOW.untold} for row in rows]
    return found


async def damage(portal: PortalUnderTest, *statements: str) -> None:
    async with portal.service.sessions.begin() as session:
        for statement in statements:
            await session.execute(text(statement))


async def test_a_damaged_read_model_is_as_it_was_after_a_rebuild(
    portal: PortalUnderTest, told_so_far: Told
) -> None:
    await take(portal, await told_so_far.tell([*whole_life(), *agreements()]))
    before = await contents(portal)
    await damage(
        portal,
        "UPDATE pot SET received_pence = 1, purpose = 'anything'",
        "DELETE FROM fund_movement",
        "UPDATE application SET awarded_on = NULL",
        "INSERT INTO payment (payment_id, application_id) VALUES (gen_random_uuid(), gen_random_uuid())",
    )
    assert await contents(portal) != before

    done = await told_so_far.rebuild(portal)

    assert await contents(portal) == before
    assert done.events == len(whole_life()) + AGREEMENTS
    assert done.rows_corrected == len(before["pot"]) + len(before["fund_movement"]) + len(
        before["application"]
    )
    assert (done.rows_removed, done.left_out) == (1, 0)


async def test_events_that_come_during_a_rebuild_are_neither_lost_nor_doubled_and_pages_are_shown(
    portal: PortalUnderTest, told_so_far: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuild, "NEAR", 50)
    monkeypatch.setattr(rebuild, "RECORDS", 100)
    await take(portal, await told_so_far.tell([*whole_life(), *agreements()]))
    await damage(portal, "UPDATE pot SET received_pence = 1", "DELETE FROM agreement")
    rebuilding = asyncio.ensure_future(told_so_far.rebuild(portal))
    pages = 0

    while not rebuilding.done():
        await take(portal, await told_so_far.tell(agreements(20)))
        page = await portal.client.get("/register")
        assert page.status_code == 200
        pages += 1
    done = await rebuilding

    found = await contents(portal)
    assert pages >= 2
    assert len(found["agreement"]) == 1 + AGREEMENTS + 20 * pages
    assert done.rows_removed == 0
    again = await told_so_far.rebuild(portal)
    assert (again.rows_corrected, again.rows_removed) == (0, 0)


async def test_what_is_parked_is_left_out_of_the_rebuilt_read_model_too(
    portal: PortalUnderTest, told_so_far: Told
) -> None:
    [kept, parked] = await told_so_far.tell(agreements(2))
    await take(portal, [kept])
    async with transaction(portal.service.sessions, timeout_seconds=5) as session:
        delivery = deliver(parked, portal.service.handlers.types)
        assert delivery is not None
        await set_aside(session, delivery, Aside("parked", "nobody knows why"))

    done = await told_so_far.rebuild(portal)

    assert done.left_out == 1
    assert len((await contents(portal))["agreement"]) == 1


async def test_where_kafka_lacks_what_the_read_model_has_nothing_is_swapped(
    portal: PortalUnderTest, told_so_far: Told
) -> None:
    await take(portal, await told_so_far.tell(agreements(2)))
    await take(portal, told_so_far.numbered(agreements(1)))
    before = await contents(portal)

    with pytest.raises(Conflict, match="refilled"):
        await told_so_far.rebuild(portal)

    assert await contents(portal) == before
