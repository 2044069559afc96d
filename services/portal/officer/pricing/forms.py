"""The questions about prices and statements."""

from dataclasses import dataclass
from decimal import Decimal

from services.portal.layout.fields import (
    Choice,
    Day,
    Field,
    Money,
    Number,
    Sent,
    Text,
    WholeNumber,
    WrongError,
)
from services.portal.layout.forms import Form
from services.portal.officer.pricing.words import BASES, ROUNDINGS, SCOPES, STAGES
from services.portal.sending import lines

MOST_DWELLINGS = 100_000
TONNES_PLACES = 6
PARTS_OF_A_YEAR = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlySeries(Field):
    """Years one to a line: the year, the price in pounds, the grid factor; either of these may be empty."""

    def read(self, sent: Sent) -> list[dict[str, object]]:
        """Each year as contributions takes it: pence, and the factor as text."""
        typed = [line for line in sent.text(self.name).splitlines() if line.strip()]
        return [self._year(number, line) for number, line in enumerate(typed, start=1)]

    def _year(self, number: int, line: str) -> dict[str, object]:
        parts = [part.strip() for part in line.replace("\t", ";").split(";")]
        parts += [""] * (PARTS_OF_A_YEAR - len(parts))
        try:
            year, price, factor = parts
            found = Sent({"year": [year], "price": [price], "factor": [factor]})
            return {
                "year": WholeNumber(name="year", label="The year", smallest=1990, largest=2200).read(found),
                "price_pence_per_tonne": Money(name="price", label="The price", required=False).read(found),
                "kg_co2e_per_kwh": _as_text(
                    Number(name="factor", label="The grid factor", places=6, required=False).read(found)
                ),
            }
        except (WrongError, ValueError) as wrong:
            reason = wrong.message if isinstance(wrong, WrongError) else "there are more than three parts"
            message = f"Line {number} of the yearly series cannot be read: {reason}"
            raise WrongError(f"{message}. Write it like 2027; 95.00; 0.130") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors(Field):
    """Numbers with commas between, such as 0.81, 0.80."""

    def read(self, sent: Sent) -> list[str]:
        """Each as text, exactly as typed."""
        found = []
        for part in lines(sent.text(self.name)):
            number = Number(name="factor", label=self.label, largest=Decimal(1), places=6, example="0.81")
            found.append(_as_text(number.read(Sent({"factor": [part]}))) or "")
        return found


def _as_text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


_VERSION = (
    Choice(
        name="basis",
        label="What the price is of",
        ask="what the price is of",
        options=[each[:2] for each in BASES],
    ),
    Choice(
        name="scope",
        label="Which emissions count",
        ask="which emissions count",
        options=[each[:2] for each in SCOPES],
    ),
    Money(name="price_pence_per_tonne", label="Price of a tonne", required=False, example="95.00"),
    WholeNumber(name="years", label="Number of years", required=False, smallest=1, largest=100, example="30"),
    YearlySeries(name="series", label="Yearly series", required=False),
    Money(name="house_pence", label="Sum for a house", required=False),
    Money(name="flat_pence", label="Sum for a flat", required=False),
    Money(name="dwelling_pence", label="Sum for any dwelling", required=False),
    Number(
        name="management_fee_percent",
        label="Management fee",
        required=False,
        largest=Decimal(100),
        places=4,
        example="10",
    ),
    Factors(name="minimum_factors", label="Factors of the minimum", required=False),
    Choice(name="rounding", label="Rounding", ask="how the sum is rounded", options=ROUNDINGS),
    Day(name="valid_from", label="In force from", ask="the day it is in force from", may_be_future=True),
    Text(name="source", label="Source", ask="where the figures are from", longest=2000),
    Text(name="source_url", label="Web address of the source", required=False, longest=2000),
)
POLICY = Form(
    Text(name="organisation", label="Organisation", ask="the code of the organisation whose price it is"),
    Text(name="name", label="Name of the policy"),
    *_VERSION,
)
VERSION = Form(*_VERSION)
"""What a following version says; its organisation and name are those of the first."""


def _tonnes(name: str, label: str) -> Number:
    return Number(
        name=name,
        label=label,
        required=False,
        largest=Decimal(10_000_000),
        places=TONNES_PLACES,
        example="41.25",
    )


def dwellings(name: str, label: str) -> WholeNumber:
    """A number of consented dwellings, nothing where it is left empty."""
    return WholeNumber(name=name, label=label, required=False, largest=MOST_DWELLINGS, example="48")


STATEMENT = Form(
    Choice(
        name="stage", label="Stage", ask="whether it tells of the design or of what was built", options=STAGES
    ),
    Text(name="reference", label="Reference", ask="the document's reference"),
    Day(name="approved_on", label="Date it was approved", ask="the date it was approved"),
    _tonnes("baseline_t_co2e", "Baseline"),
    _tonnes("domestic_regulated_t_co2e", "Dwellings, regulated emissions"),
    _tonnes("domestic_unregulated_t_co2e", "Dwellings, unregulated emissions"),
    _tonnes("non_domestic_regulated_t_co2e", "Other uses, regulated emissions"),
    _tonnes("non_domestic_unregulated_t_co2e", "Other uses, unregulated emissions"),
    dwellings("houses", "Houses"),
    dwellings("flats", "Flats"),
    dwellings("dwellings", "Dwellings not told apart"),
    Number(
        name="electricity_kwh",
        label="Electricity a year",
        required=False,
        largest=Decimal(10_000_000_000),
        places=TONNES_PLACES,
        example="125000",
    ),
    WholeNumber(
        name="first_year",
        label="Year of completion",
        required=False,
        smallest=1990,
        largest=2200,
        example="2028",
    ),
)
