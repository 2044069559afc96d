"""Price policies: what a council charges for emissions that a development does not avoid, and since when.

Four bases are in force in England and their units differ (sources in each policy's own words): once per
tonne of the first year (Milton Keynes, Islington), per tonne and year for a number of years (London), a
price or a grid factor that changes by year, and a flat sum per dwelling. A number without its basis means
nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.contributions.domain.checks import web_address_refusal
from services.contributions.domain.money import amount_refusal
from services.contributions.domain.pricing.quantities import (
    HUNDRED,
    LATEST_YEAR,
    MOST_PLACES,
    PERCENT_PLACES,
    early_refusal,
    places_refusal,
)
from services.contributions.domain.pricing.rounding import Rounding
from shared.checks import organisation_refusal, refuse_all, text_refusal
from shared.errors import Conflict, Invalid
from shared.wording import in_words

MOST_YEARS = 100
MOST_FACTORS = 10


class Basis(StrEnum):
    """What a price is a price of."""

    ONE_OFF = "one_off"
    YEARLY = "yearly"
    DECLINING = "declining"
    PER_DWELLING = "per_dwelling"


class Scope(StrEnum):
    """Which emissions count: those that building regulations cover, or appliances and cooking too."""

    REGULATED = "regulated"
    TOTAL = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfSeries:
    """One calendar year of a declining series: its price, its grid factor (kgCO2e per kWh), or both."""

    year: int
    price_pence_per_tonne: int | None = None
    kg_co2e_per_kwh: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DwellingSums:
    """Flat sums in pence for a house, a flat, and a dwelling of any kind."""

    house_pence: int | None = None
    flat_pence: int | None = None
    dwelling_pence: int | None = None

    @property
    def given(self) -> dict[str, int]:
        """The sums that there are, by their fields."""
        named = {
            "house_pence": self.house_pence,
            "flat_pence": self.flat_pence,
            "dwelling_pence": self.dwelling_pence,
        }
        return {name: pence for name, pence in named.items() if pence is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class PricePolicy:
    """One version of a price policy, in force from its day until the next version's.

    `minimum_factors` (0.81 and 0.80 in Milton Keynes: 19 % below the baseline, then a fifth of the rest) are
    a check on the statement, never the amount. `source` says where the figures were seen and which of them
    are unconfirmed.
    """

    policy_id: UUID
    version: int
    organisation: str
    name: str
    basis: Basis
    valid_from: date
    source: str
    scope: Scope = Scope.REGULATED
    price_pence_per_tonne: int | None = None
    years: int | None = None
    series: tuple[YearOfSeries, ...] = ()
    dwelling_sums: DwellingSums = field(default_factory=DwellingSums)
    management_fee_percent: Decimal = Decimal(0)
    minimum_factors: tuple[Decimal, ...] = ()
    rounding: Rounding = Rounding.NEAREST_PENNY
    source_url: str | None = None

    def of_year(self, year: int) -> YearOfSeries | None:
        """The year of the series, if it has it."""
        return next((each for each in self.series if each.year == year), None)


def first_version(draft: PricePolicy) -> PricePolicy:
    """A new policy, checked by field."""
    refuse_all("policy.invalid", _refusals(draft))
    return replace(draft, version=1)


def next_version(newest: PricePolicy, draft: PricePolicy) -> PricePolicy:
    """What follows the newest version and ends it: what was worked out under that one stays as it is."""
    draft = replace(draft, version=newest.version + 1, organisation=newest.organisation, name=newest.name)
    if draft.valid_from <= newest.valid_from:
        message = (
            f"Version {newest.version} is in force from {in_words(newest.valid_from)}. "
            "A new version begins later: enter a later date."
        )
        raise Conflict("policy.not_later", message, field="valid_from")
    refuse_all("policy.invalid", _refusals(draft))
    return draft


def _refusals(draft: PricePolicy) -> list[Invalid | None]:
    return [
        organisation_refusal(draft.organisation),
        text_refusal(draft.name, field="name", name="the policy's name"),
        text_refusal(draft.source, field="source", name="where the figures are from", longest=2000),
        web_address_refusal(draft.source_url, field="source_url"),
        early_refusal(draft.valid_from, field="valid_from", name="The policy"),
        _price_refusal(draft),
        _years_refusal(draft),
        *_series_refusals(draft),
        *_dwelling_refusals(draft),
        _fee_refusal(draft.management_fee_percent),
        *_factor_refusals(draft.minimum_factors),
    ]


def _price_refusal(draft: PricePolicy) -> Invalid | None:
    name, price_pence = "price_pence_per_tonne", draft.price_pence_per_tonne
    if price_pence is not None:
        other_basis = draft.basis == Basis.PER_DWELLING
        return _superfluous(name, "price") if other_basis else amount_refusal(price_pence, field=name)
    needs_price = draft.basis in {Basis.ONE_OFF, Basis.YEARLY} or (
        draft.basis == Basis.DECLINING and any(each.price_pence_per_tonne is None for each in draft.series)
    )
    message = "Enter the price of a tonne in pounds and pence."
    return Invalid("price.missing", message, field=name) if needs_price else None


def _years_refusal(draft: PricePolicy) -> Invalid | None:
    if draft.basis in {Basis.ONE_OFF, Basis.PER_DWELLING}:
        return None if draft.years is None else _superfluous("years", "years")
    if draft.years is not None and 1 <= draft.years <= MOST_YEARS:
        return None
    message = f"Enter for how many years a tonne is paid for, from 1 to {MOST_YEARS}."
    return Invalid("years.out_of_range", message, field="years")


def _series_refusals(draft: PricePolicy) -> Iterable[Invalid | None]:
    if draft.basis != Basis.DECLINING:
        return [_superfluous("series", "yearly series")] if draft.series else []
    years = [each.year for each in draft.series]
    if not years or years != list(range(years[0], years[0] + len(years))) or years[-1] > LATEST_YEAR:
        message = "Give the series year by year, the earliest first, without a gap or a year given twice."
        return [Invalid("series.years", message, field="series")]
    if len({each.kg_co2e_per_kwh is None for each in draft.series}) > 1:
        message = "Give a grid factor for every year of the series, or for none."
        return [Invalid("series.factors", message, field="series")]
    return [refusal for each in draft.series for refusal in _year_refusals(each)]


def _year_refusals(each: YearOfSeries) -> Iterable[Invalid | None]:
    price_pence, factor = each.price_pence_per_tonne, each.kg_co2e_per_kwh
    if price_pence is None and factor is None:
        message = f"Give a price or a grid factor for {each.year}."
        yield Invalid("series.empty_year", message, field="series")
    if price_pence is not None and amount_refusal(price_pence):
        message = f"Give a price above zero for {each.year}, or leave it to the policy's own price."
        yield Invalid("series.price", message, field="series")
    if factor is not None and not 0 <= factor <= 1:
        message = f"The grid factor of {each.year} must lie between 0 and 1 kgCO2e per kWh. Check its unit."
        yield Invalid("series.factor", message, field="series")
    elif factor is not None:
        yield places_refusal(factor, MOST_PLACES, field="series", name=f"the grid factor of {each.year}")


def _dwelling_refusals(draft: PricePolicy) -> Iterable[Invalid | None]:
    given = draft.dwelling_sums.given
    if draft.basis != Basis.PER_DWELLING:
        return [_superfluous(name, "sum per dwelling") for name in given]
    if not given:
        message = "Enter the sum for a house, for a flat, or for any dwelling."
        return [Invalid("dwelling_sums.missing", message, field="dwelling_pence")]
    return [amount_refusal(pence, field=name) for name, pence in given.items()]


def _fee_refusal(percent: Decimal) -> Invalid | None:
    name = "management_fee_percent"
    if not 0 <= percent <= HUNDRED:
        message = "Enter the management fee as a percentage from 0 to 100."
        return Invalid("management_fee_percent.out_of_range", message, field=name)
    return places_refusal(percent, PERCENT_PLACES, field=name, name="the management fee")


def _factor_refusals(factors: tuple[Decimal, ...]) -> Iterable[Invalid | None]:
    name = "minimum_factors"
    if len(factors) > MOST_FACTORS or not all(0 < factor <= 1 for factor in factors):
        message = (
            "Give the factors of the policy's minimum as numbers above 0, at most 1, such as 0.81 and 0.80."
        )
        return [Invalid("minimum_factors.out_of_range", message, field=name)]
    return [places_refusal(each, MOST_PLACES, field=name, name="each factor") for each in factors]


def _superfluous(name: str, said: str) -> Invalid:
    message = f"Leave the {said} empty: this kind of policy does not use it."
    return Invalid("policy.of_another_basis", message, field=name)
