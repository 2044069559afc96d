"""What a sum in a deed has become: worked out in exact fractions, rounded once, told step by step."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from services.contributions.domain.indexation.rule import Basis, IndexationRule, Rounding
from services.contributions.domain.months import MONTHS_IN_A_YEAR, add_months
from shared.wording import in_pounds, in_words

DAYS_IN_A_YEAR = 365
WHOLE = {
    Rounding.PENNY: (1, "half"),
    Rounding.PENNY_DOWN: (1, "down"),
    Rounding.PENNY_UP: (1, "up"),
    Rounding.POUND: (100, "half"),
    Rounding.POUND_DOWN: (100, "down"),
    Rounding.POUND_UP: (100, "up"),
}
ROUNDED = {
    Rounding.PENNY: "to the nearest penny, a half up",
    Rounding.PENNY_DOWN: "down to a whole penny",
    Rounding.PENNY_UP: "up to a whole penny",
    Rounding.POUND: "to the nearest pound, a half up",
    Rounding.POUND_DOWN: "down to a whole pound",
    Rounding.POUND_UP: "up to a whole pound",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexFigure:
    """The value of an index that a calculation used, with the publication it was taken from.

    `month` is the month the deed asks for, `taken_for` says in words which period of the index that is.
    """

    series: str
    publisher: str
    month: date
    taken_for: str
    value: Decimal
    published_on: date
    provisional: bool
    publication_id: UUID


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a working: what it is, and its figure in words."""

    what: str
    figure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """A sum and what it has become, in pence, with the figures used and each step between."""

    base_pence: int
    indexed_pence: int
    steps: tuple[Step, ...]
    base: IndexFigure | None = None
    end: IndexFigure | None = None

    @property
    def provisional(self) -> bool:
        """Whether a figure used may still be revised by its publisher."""
        return any(figure is not None and figure.provisional for figure in (self.base, self.end))


def not_indexed(base_pence: int) -> Indexed:
    """The sum as the deed names it."""
    steps = (Step("Sum in the deed, not index linked", in_pounds(base_pence)),)
    return Indexed(base_pence=base_pence, indexed_pence=base_pence, steps=steps)


def indexed_by_figures(
    base_pence: int, rule: IndexationRule, *, base: IndexFigure, end: IndexFigure
) -> Indexed:
    """A = B x C / D: the sum, times the index at the end, divided by the index at the start."""
    exact = base_pence * Fraction(end.value) / Fraction(base.value)
    steps = [
        Step("Sum in the deed (B)", in_pounds(base_pence)),
        Step(f"{end.series} for {end.taken_for} (C)", _told(end)),
        Step(f"{base.series} for {base.taken_for} (D)", _told(base)),
        Step("B x C / D", _in_fine_pounds(exact)),
    ]
    indexed_pence, ending = _settled(base_pence, exact, rule)
    return Indexed(
        base_pence=base_pence, indexed_pence=indexed_pence, steps=(*steps, *ending), base=base, end=end
    )


def indexed_by_percent(base_pence: int, rule: IndexationRule, *, start: date, end: date) -> Indexed:
    """The sum grown by a fixed percentage a year: whole years, then days of the last one out of 365."""
    assert rule.basis is Basis.FIXED_PERCENT
    assert rule.yearly_percent is not None
    rate = Fraction(rule.yearly_percent) / 100
    years, days = _years_and_days(start, end)
    part = Fraction(days, DAYS_IN_A_YEAR)
    growth = (1 + rate) ** years * (1 + rate * part) if rule.compounds else 1 + rate * (years + part)
    how = "each year on the last" if rule.compounds else "on the sum in the deed"
    exact = base_pence * growth
    steps = [
        Step("Sum in the deed", in_pounds(base_pence)),
        Step(f"From {in_words(start)} to {in_words(end)}", _span_in_words(years, days)),
        Step("Growth a year", f"{rule.yearly_percent.normalize():f}% {how}"),
        Step("The sum so grown", _in_fine_pounds(exact)),
    ]
    indexed_pence, ending = _settled(base_pence, exact, rule)
    return Indexed(base_pence=base_pence, indexed_pence=indexed_pence, steps=(*steps, *ending))


def rounded(exact_pence: Fraction, rounding: Rounding) -> int:
    """Whole pence, by the deed's rule; the sum is never below zero."""
    unit, way = WHOLE[rounding]
    units = exact_pence / unit
    if way == "half":
        return (2 * units + 1) // 2 * unit
    return (units // 1 if way == "down" else -(-units // 1)) * unit


def _settled(base_pence: int, exact_pence: Fraction, rule: IndexationRule) -> tuple[int, list[Step]]:
    """The sum owed after rounding and the floor, and the steps that say so."""
    pence = rounded(exact_pence, rule.rounding)
    steps = [Step(f"Rounded {ROUNDED[rule.rounding]}", in_pounds(pence))]
    if rule.floor and pence < base_pence:
        steps.append(Step("The deed allows no decrease: the sum in the deed stands", in_pounds(base_pence)))
        pence = base_pence
    return pence, steps


def _told(figure: IndexFigure) -> str:
    provisional = ", provisional" if figure.provisional else ""
    return f"{figure.value.normalize():f} (published {in_words(figure.published_on)}{provisional})"


def _in_fine_pounds(exact_pence: Fraction) -> str:
    """A sum before rounding, to a hundredth of a penny; what lies beyond is cut off, and said so."""
    hundredths, rest = divmod(exact_pence * 100, 1)
    pounds, fine = divmod(int(hundredths), 10_000)
    return f"£{pounds:,}.{fine:04}{'...' if rest else ''}"


def _years_and_days(start: date, end: date) -> tuple[int, int]:
    """Complete years from one day to another, and the days after the last of them."""
    years = max(0, end.year - start.year)
    if years and add_months(start, years * MONTHS_IN_A_YEAR) > end:
        years -= 1
    return years, max(0, (end - add_months(start, years * MONTHS_IN_A_YEAR)).days)


def _span_in_words(years: int, days: int) -> str:
    return f"{years} {'year' if years == 1 else 'years'} and {days} {'day' if days == 1 else 'days'}"
