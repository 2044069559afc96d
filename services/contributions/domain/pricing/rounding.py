"""The rules by which a sum is brought to whole pence, once, at the end."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

PENNY, POUND = Decimal("0.01"), Decimal(1)
WIDE = Context(prec=60)


class Rounding(StrEnum):
    """How a deed or policy rounds; deeds that are silent are taken to mean the nearest penny."""

    NEAREST_PENNY = "nearest_penny"
    PENNY_DOWN = "penny_down"
    NEAREST_POUND = "nearest_pound"
    POUND_DOWN = "pound_down"

    @property
    def in_words(self) -> str:
        """The rule as an applicant can follow it."""
        return _WORDS[self]

    def to_pence(self, pounds: Decimal) -> int:
        """An exact sum in pounds as whole pence."""
        unit, mode = _RULES[self]
        return int(pounds.quantize(unit, mode, WIDE) * 100)


_RULES = {
    Rounding.NEAREST_PENNY: (PENNY, ROUND_HALF_UP),
    Rounding.PENNY_DOWN: (PENNY, ROUND_DOWN),
    Rounding.NEAREST_POUND: (POUND, ROUND_HALF_UP),
    Rounding.POUND_DOWN: (POUND, ROUND_DOWN),
}
_WORDS = {
    Rounding.NEAREST_PENNY: "to the nearest penny, half a penny up",
    Rounding.PENNY_DOWN: "down to the whole penny",
    Rounding.NEAREST_POUND: "to the nearest pound, fifty pence up",
    Rounding.POUND_DOWN: "down to the whole pound",
}
