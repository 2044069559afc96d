"""Which fault comes when: drawn from the seed alone, so that a campaign can be told again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tests.faults.chance import drawn_from
from tests.faults.kinds import KINDS

SIZES = (1, 2, 3, 3)
"""How many faults come at once, each as likely as the others."""
UNTRIED = ()
"""Kinds that are left out unless they are asked for."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One fault: its number, its kind, how long after the others of its burst, and a seed of its own."""

    index: int
    kind: str
    after_seconds: float
    seed: str


Burst: TypeAlias = tuple[Planned, ...]


def plan(seed: int, count: int, only: Sequence[str] = ()) -> Iterator[Burst]:
    """Bursts of faults up to `count` in all; one seed means one order, however many are asked for."""
    names = list(only) or [name for name in KINDS if name not in UNTRIED]
    weights = [KINDS[name].weight for name in names]
    index = 0
    while index < count:
        chance = drawn_from(seed, "burst", index)
        size = chance.choice(SIZES)
        kinds = chance.choices(names, weights, k=size)
        burst = tuple(
            Planned(number, name, chance.uniform(0, 1.5) if number > index else 0.0, f"{seed}/{number}")
            for number, name in enumerate(kinds, index)
        )
        yield burst[: count - index]
        index += size
