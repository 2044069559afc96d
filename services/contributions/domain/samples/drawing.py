"""Drawing a sample of entries by a seed, so that anybody draws the same one again, with whatever tool.

Nothing but SHA-256 (FIPS 180-4) decides. Simple random: the entries with the smallest digests of
"<seed>:<position>". Monetary unit: every so many pence of the sums laid end to end in the order of their
positions, from a start that the seed's digest gives, so that a pound in a large entry is as likely to be
looked at as one in a small one (ISA (UK) 530, appendix 4).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from shared.checks import organisation_refusal, refuse_all, text_refusal
from shared.errors import Invalid

LARGEST_SAMPLE = 200


class Method(StrEnum):
    """How a sample is drawn."""

    SIMPLE_RANDOM = "simple_random"
    MONETARY_UNIT = "monetary_unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOrder:
    """What to draw: how many entries, by which method and seed, of whose books, booked on which days."""

    organisation: str
    first_on: date
    last_on: date
    count: int
    method: Method
    seed: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be drawn: its position in the ledger and its pence, above zero."""

    position: int
    amount_pence: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """An entry that was drawn; `times` is above one where several of the drawn pounds lie in it."""

    position: int
    times: int = 1


def check_order(order: SampleOrder) -> SampleOrder:
    """The order, or Invalid with each field that cannot be taken."""
    refuse_all(
        "sample.invalid",
        [
            organisation_refusal(order.organisation),
            text_refusal(
                order.seed, field="seed", name="a seed, such as a date and your initials", longest=100
            ),
            _count_refusal(order.count),
            _days_refusal(order),
        ],
    )
    return order


def draw(order: SampleOrder, population: Sequence[Candidate]) -> list[Drawn]:
    """The sample, in the order of the ledger; all there is where the population is no larger than asked."""
    in_order = sorted(population, key=lambda each: each.position)
    if order.method is Method.MONETARY_UNIT:
        return _by_pence(order, in_order)
    chosen = sorted(in_order, key=lambda each: _digest(f"{order.seed}:{each.position}"))[: order.count]
    return [Drawn(each.position) for each in sorted(chosen, key=lambda each: each.position)]


def _by_pence(order: SampleOrder, in_order: Sequence[Candidate]) -> list[Drawn]:
    total_pence = sum(each.amount_pence for each in in_order)
    count = min(order.count, total_pence)
    if count == 0:
        return []
    step = total_pence // count
    wanted = [_digest(order.seed) % step + number * step for number in range(count)]
    times: Counter[int] = Counter()
    reached, number = 0, 0
    for each in in_order:
        reached += each.amount_pence
        while number < count and wanted[number] < reached:
            times[each.position] += 1
            number += 1
    return [Drawn(position, hits) for position, hits in times.items()]


def _digest(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest())


def _count_refusal(count: int) -> Invalid | None:
    if 1 <= count <= LARGEST_SAMPLE:
        return None
    message = f"Enter how many entries to draw, from 1 to {LARGEST_SAMPLE}."
    return Invalid("count.out_of_range", message, field="count")


def _days_refusal(order: SampleOrder) -> Invalid | None:
    if order.first_on <= order.last_on:
        return None
    return Invalid("last_on.before_first", "The last day is before the first. Check both.", field="last_on")
