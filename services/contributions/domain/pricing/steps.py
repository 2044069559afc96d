"""The steps of a working: what was taken, what was done with it, and what came out, in words and figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Literal

TONNES = "tCO2e"
TONNES_A_YEAR = "tCO2e a year"
POUNDS = "£"
POUNDS_A_TONNE = "£ a tonne"
POUNDS_A_DWELLING = "£ a dwelling"
YEARS = "years"
DWELLINGS = "dwellings"
PERCENT = "%"
KWH_A_YEAR = "kWh a year"
KG_A_KWH = "kgCO2e a kWh"
PLAIN = ""

Kind = Literal["sum", "check"]
SMALLEST_PLACES = 2
TIMES = " \N{MULTIPLICATION SIGN} "
EXACT = Context(prec=60)
"""More digits than any product of quantities, prices and years has: nothing is rounded on the way."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A named number with its unit; sums are in pounds, exact until the step that rounds."""

    name: str
    value: Decimal
    unit: str

    @property
    def in_words(self) -> str:
        """The number as people write it: £95.00 a tonne, 1,500 tCO2e."""
        if self.unit.startswith(POUNDS):
            return f"{_pounds(self.value)}{self.unit.removeprefix(POUNDS)}"
        number = plain(self.value)
        return f"{number}{self.unit}" if self.unit == PERCENT else f"{number} {self.unit}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: what it finds (`label`), the rule in words, the same in figures, and the result.

    A check says something of the statement and never changes the sum: `met` is whether it holds, None where
    it could not be made.
    """

    label: str
    formula: str
    operands: tuple[Quantity, ...]
    working: str
    result: Quantity
    kind: Kind = "sum"
    met: bool | None = None


def plus(label: str, formula: str, operands: Sequence[Quantity], *, result: str, unit: str) -> Step:
    """The step that adds up."""
    total = Decimal(0)
    for each in operands:
        total = EXACT.add(total, each.value)
    return _step(label, formula, operands, " + ", total, result, unit)


def times(label: str, formula: str, operands: Sequence[Quantity], *, result: str, unit: str) -> Step:
    """The step that multiplies."""
    product = Decimal(1)
    for each in operands:
        value = each.value / 100 if each.unit == PERCENT else each.value
        product = EXACT.multiply(product, value)
    return _step(label, formula, operands, TIMES, product, result, unit)


def _step(
    label: str,
    formula: str,
    operands: Sequence[Quantity],
    sign: str,
    value: Decimal,
    result: str,
    unit: str,
) -> Step:
    return Step(
        label=label,
        formula=formula,
        operands=tuple(operands),
        working=sign.join(each.in_words for each in operands),
        result=Quantity(result, value, unit),
    )


def plain(value: Decimal) -> str:
    """A number without superfluous zeros: 1,500 or 64.8."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _pounds(value: Decimal) -> str:
    """Pounds with two decimals, or more where the sum is not yet rounded."""
    whole, _, fraction = plain(value).partition(".")
    return f"£{whole}.{fraction.ljust(SMALLEST_PLACES, '0')}"
