"""A fund of many years as bytes: 10,000 pots and 20,000 grants are 1,000,000 events.

One pot's and one grant's life are told once, by the builders that the tests use; every other pot and grant
says the same of ids of its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from aiokafka import AIOKafkaProducer

from shared.events.contributions import Share
from shared.events.topics import PARTITIONS
from shared.messaging.relay.records import partition_of
from tests.benchmarks.raw_kafka import as_relayed
from tests.support import events as told
from tests.support.services import KafkaRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from shared.events import Event

EVENTS_OF_A_POT, EVENTS_OF_A_GRANT = 4, 48
GRANTS_OF_A_POT = 2
TOLD_TOGETHER = 500
"""Grants whose lives go side by side, as those of one year do."""
OWN, OF_THE_POT, EVENT = b"bbbbbbbbbbbb", b"cccccccccccc", b"eeeeeeeeeeee"
"""What stands in the told lives for the number of the grant, of the pot, and of the event."""
BATCH_BYTES = 900_000
MILESTONES = ("Scaffold up", "Roof insulated", "Heat pump runs", "Works signed off")


@dataclass(frozen=True, slots=True)
class Line:
    """One event of a life, with what stands for its numbers."""

    topic: str
    key: bytes
    value: bytes
    headers: Sequence[tuple[str, bytes]]

    def numbered(self, own: bytes, pot: bytes, event: bytes) -> KafkaRecord:
        """The same event of another pot or grant."""
        return KafkaRecord(
            self.topic,
            self.key.replace(OWN, own),
            self.value.replace(OWN, own).replace(OF_THE_POT, pot),
            [(name, value.replace(EVENT, event).replace(OWN, own)) for name, value in self.headers],
        )


def many_events(grants: int) -> Iterator[KafkaRecord]:
    """50 events for each grant, its share of a pot included; the lives of 500 grants go side by side."""
    pot, grant = _lines(_pot()), _lines(_grant())
    assert (len(pot), len(grant)) == (EVENTS_OF_A_POT, EVENTS_OF_A_GRANT)
    count = 0
    for first in range(0, grants, TOLD_TOGETHER):
        together = range(first, min(first + TOLD_TOGETHER, grants))
        for life, numbers in ((pot, together[::GRANTS_OF_A_POT]), (grant, together)):
            for line in life:
                for number in numbers:
                    count += 1
                    its_pot = number // GRANTS_OF_A_POT
                    own = its_pot if life is pot else number
                    yield line.numbered(b"%012x" % own, b"%012x" % its_pot, b"%012x" % count)


async def fill(kafka: str, topics: Mapping[str, str], records: Iterator[KafkaRecord]) -> None:
    """Write records to topics by other names, in whole batches made here."""
    producer = AIOKafkaProducer(bootstrap_servers=kafka, acks="all", max_batch_size=BATCH_BYTES)
    await producer.start()
    try:
        batches: dict[tuple[str, int], Any] = {}
        for record in records:
            place = (topics[record.topic], partition_of(record.key.decode(), PARTITIONS))
            while place not in batches or not _appended(batches[place], record):
                if place in batches:
                    await producer.send_batch(batches[place], place[0], partition=place[1])
                batches[place] = producer.create_batch()
        for (topic, partition), batch in batches.items():
            await producer.send_batch(batch, topic, partition=partition)
    finally:
        await producer.stop()


def _appended(batch: Any, record: KafkaRecord) -> bool:
    """Whether there was room for it."""
    added = batch.append(key=record.key, value=record.value, timestamp=None, headers=record.headers)
    return added is not None


def _lines(life: Sequence[Event]) -> list[Line]:
    counts: Counter[tuple[str, str]] = Counter()
    lines = []
    for event in life:
        counts[event.topic, event.key] += 1
        sent = as_relayed(event, counts[event.topic, event.key])
        headers = dict(sent.headers) | {"ce_id": str(uuid4()).encode()[:24] + EVENT}
        lines.append(Line(sent.topic, sent.key, sent.value or b"", list(headers.items())))
    return lines


def _id(name: str, ends_with: bytes = OWN) -> UUID:
    return UUID(str(told.an_id(name))[:24] + ends_with.decode())


def _pot() -> list[Event]:
    """A pot's clause, and the receipt that opens it."""
    agreement = {"agreement_id": _id("many agreements")}
    clause = {**agreement, "obligation_id": _id("many obligations")}
    return [
        told.agreement_recorded(**agreement, reference=f"P2018/{OWN.decode()}/FUL-da"),
        told.obligation_recorded(**clause),
        told.obligation_secured(**clause),
        told.pot_opened(**clause, pot_id=_id("many pots"), spend_by_on=date(2030, 1, 1)),
    ]


def _grant() -> list[Event]:
    """A grant's life: three assessors, four claims, two meters and six verified periods."""
    its = {"application_id": _id("many applications")}
    award = {**its, "award_id": _id("many awards")}
    assessors = [told.an_id(f"assessor {number}") for number in range(3)]
    shares = (Share(pot_id=_id("many pots", OF_THE_POT), amount_pence=told.REQUESTED_PENCE),)
    reference = f"COF-2019-{OWN.decode()}"
    return [
        told.submitted(**its, reference=reference),
        *(told.interest_declared(**its, assessor_id=each) for each in assessors),
        told.screened(**its),
        *(told.scored(**its, assessor_id=each) for each in assessors),
        told.awarded(**award),
        told.funds_reserved(**award, shares=shares),
        told.offer_made(**award),
        told.offer_accepted(**award, reference=reference),
        told.funds_committed(**its, shares=shares),
        told.project_started(**its),
        *(event for name in MILESTONES for event in _claim(name, shares, its)),
        told.works_completed(**its),
        told.boundary_declared(**its),
        *(told.baseline_frozen(**its, meter_id=_id(f"many meters {number}")) for number in range(2)),
        *(_saving(number, its) for number in range(6)),
    ]


def _claim(milestone: str, shares: tuple[Share, ...], its: dict[str, UUID]) -> Iterator[Event]:
    quarter = told.REQUESTED_PENCE // len(MILESTONES)
    claim = {**its, "claim_id": _id(f"many claims {milestone}"), "amount_pence": quarter}
    payment = {"payment_id": _id(f"many payments {milestone}")}
    paid = tuple(share.model_copy(update={"amount_pence": quarter}) for share in shares)
    yield told.claim_submitted(**claim, milestone=milestone)
    yield told.milestone_verified(**claim, milestone=milestone)
    yield told.claim_payable(**claim)
    yield told.payment_requested(**claim, **payment)
    yield told.payment_approved(**its, **payment)
    yield told.payment_made(**claim, **payment, shares=paid)


def _saving(number: int, its: dict[str, UUID]) -> Event:
    meters = tuple(told.meter_saving(meter_id=_id(f"many meters {meter}")) for meter in range(2))
    starts_on = date(2021, 4, 2) + timedelta(days=182 * number)
    return told.savings_verified(
        **its,
        saving_id=_id(f"many savings {number}"),
        meters=meters,
        period_start=starts_on,
        period_end=starts_on + timedelta(days=182),
    )
