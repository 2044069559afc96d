"""The government's greenhouse gas conversion factors, one edition per year: UK average, kgCO2e per kWh."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shared.carbon.quantities import Fuel
from shared.errors import Invalid

_SERIES = "UK Government GHG Conversion Factors for Company Reporting"
LICENCE = "Crown copyright, Open Government Licence v3.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorEdition:
    """One yearly set, in kgCO2e per kWh (gross calorific value for fuels); pellets are scope 1 only."""

    year: int
    set_version: str
    publisher: str
    electricity_generated: Decimal
    electricity_transmission_and_distribution: Decimal
    fuels: Mapping[Fuel, Decimal]

    @property
    def name(self) -> str:
        """The edition as results cite it."""
        return f"{_SERIES} {self.year}, version {self.set_version}"

    @property
    def source(self) -> str:
        """Who published the edition, and under which licence it is used."""
        return f"{self.publisher}, {self.name}, condensed set. {LICENCE}."

    @property
    def electricity_total(self) -> Decimal:
        """What a kWh at the building's meter emits: generated, and lost on the way to it."""
        return self.electricity_generated + self.electricity_transmission_and_distribution

    def kg_co2e_per_kwh(self, fuel: Fuel) -> Decimal:
        """The factor of a metered kWh of this fuel; electricity includes transmission and distribution."""
        return self.electricity_total if fuel is Fuel.ELECTRICITY else self.fuels[fuel]


def _edition(year: int, set_version: str, publisher: str, factors: str) -> FactorEdition:
    generated, lost, gas, burning_oil, gas_oil, lpg, pellets = (Decimal(factor) for factor in factors.split())
    return FactorEdition(
        year=year,
        set_version=set_version,
        publisher=publisher,
        electricity_generated=generated,
        electricity_transmission_and_distribution=lost,
        fuels={
            Fuel.NATURAL_GAS: gas,
            Fuel.BURNING_OIL: burning_oil,
            Fuel.GAS_OIL: gas_oil,
            Fuel.LPG: lpg,
            Fuel.WOOD_PELLETS: pellets,
        },
    )


_BEIS = "Department for Business, Energy and Industrial Strategy, and Defra"
_DESNZ = "Department for Energy Security and Net Zero, and Defra"

# Columns: electricity generated, transmission and loss, natural gas, burning oil, gas oil, LPG, pellets.
# 2023 electricity has a sixth place in the flat file (0.207074, 0.017915); this is the condensed.
EDITIONS: Mapping[int, FactorEdition] = {
    edition.year: edition
    for edition in (
        _edition(2018, "1.01", _BEIS, "0.28307 0.02413 0.18396 0.24665 0.27652 0.21448 0.01506"),
        _edition(2019, "1.3", _BEIS, "0.25560 0.02170 0.18385 0.24675 0.25676 0.21447 0.01563"),
        _edition(2020, "1", _BEIS, "0.23314 0.02005 0.18387 0.24666 0.25672 0.21448 0.01545"),
        _edition(2021, "2", _BEIS, "0.21233 0.01879 0.18316 0.24677 0.25679 0.21449 0.01513"),
        _edition(2022, "2", _BEIS, "0.19338 0.01769 0.18254 0.24677 0.25679 0.21449 0.01053"),
        _edition(2023, "1.1", _DESNZ, "0.20707 0.01792 0.18293 0.24677 0.25650 0.21450 0.01074"),
        _edition(2024, "1.1", _DESNZ, "0.20705 0.01830 0.18290 0.24677 0.25649 0.21450 0.01132"),
        _edition(2025, "1", _DESNZ, "0.17700 0.01853 0.18296 0.24677 0.25650 0.21450 0.01150"),
    )
}


def edition_for(starts_on: date, ends_before: date) -> FactorEdition:
    """The edition of the calendar year that holds most of the period; of two equals, the earlier."""
    if ends_before <= starts_on:
        raise Invalid(
            "factors.empty_period", "The period ends before it begins. Check its dates.", field="period_end"
        )
    years = range(starts_on.year, ends_before.year + 1)
    return edition_of(max(years, key=lambda year: _days_in(year, starts_on, ends_before)))


def edition_of(year: int) -> FactorEdition:
    """The edition of a year; a year without one is refused, never answered with its neighbour."""
    if year in EDITIONS:
        return EDITIONS[year]
    raise Invalid(
        "factors.no_edition",
        f"There are no emission factors for {year}: the editions are {min(EDITIONS)} to {max(EDITIONS)}. "
        f"Add the {year} edition, or choose a period that lies mostly in those years.",
        field="period_end",
    )


def kg_co2e(fuel: Fuel, kwh: Decimal, edition: FactorEdition) -> Decimal:
    """What this many metered kWh of the fuel emit by the edition, in kgCO2e, not rounded."""
    return kwh * edition.kg_co2e_per_kwh(fuel)


def _days_in(year: int, starts_on: date, ends_before: date) -> int:
    return (min(ends_before, date(year + 1, 1, 1)) - max(starts_on, date(year, 1, 1))).days
