"""Round axes: from numbers to places on the drawing, with ticks that people can read."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from services.portal.layout.filters import number

ABOUT_TICKS = 5


@dataclass(frozen=True, slots=True)
class Axis:
    """From `low` to `high` in steps, drawn from `start` to `end`; zero is always on it."""

    low: float
    high: float
    step: float
    start: float
    end: float

    @classmethod
    def over(cls, values: Iterable[Decimal], start: float, end: float) -> "Axis":
        """The smallest round axis that holds zero and every value."""
        held = [Decimal(0), *values]
        low, high = float(min(held)), float(max(held))
        step = _round_step((high - low) / ABOUT_TICKS or 1.0)
        return cls(math.floor(low / step) * step, max(math.ceil(high / step), 1) * step, step, start, end)

    def at(self, value: float | Decimal) -> float:
        """Where a value lies on the drawing."""
        share = (float(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)

    def ticks(self) -> list[tuple[float, str]]:
        """Each tick's place and its words."""
        values = [
            self.low + index * self.step for index in range(round((self.high - self.low) / self.step) + 1)
        ]
        return [(self.at(value), self._words(value)) for value in values]

    def _words(self, value: float) -> str:
        # 2.5, 0.25 and so on need one place more than their power of ten.
        places = 0 if self.step.is_integer() else 1 - math.floor(math.log10(self.step))
        return number(Decimal(str(round(value, 9))), places)


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
