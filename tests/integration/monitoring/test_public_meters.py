"""The whole way over HTTP with real files: an hourly meter of gas in UTC, and a building in Cambridge."""

import gzip
from datetime import date
from decimal import Decimal
from time import perf_counter
from typing import Any

from shared.events.monitoring import BaselineFrozen, SavingsVerified
from tests.support.events import annual_energy
from tests.support.monitoring import (
    BASELINE,
    BOUNDARY,
    METER,
    PROJECT,
    READINGS,
    SAVING,
    TEMPERATURES,
    add_station,
    complete_works,
    readings_form,
    temperatures_form,
    with_meter,
)
from tests.support.people import READINGS_SUPPLIER, VERIFIER
from tests.support.public_data import public_data
from tests.support.services import ServiceUnderTest

IN_UTC: dict[str, Any] = {"zone": "UTC", "interval": "hourly"}


def sample(name: str) -> bytes:
    return gzip.decompress(public_data("meters", name).read_bytes())


async def test_the_public_gas_meter_gives_its_published_figures(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring, energy=(annual_energy(kwh=Decimal(7400)),))
    await add_station(monitoring)
    gas = sample("uk-gas-hdd-only-hourly-sample-0.csv.gz")
    report = await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(gas, **IN_UTC))
    warmth = sample("uk-tempC-sample-0.csv.gz")
    await monitoring.post(TEMPERATURES, READINGS_SUPPLIER, **temperatures_form(warmth, **IN_UTC))
    await complete_works(monitoring)
    await monitoring.post(f"{PROJECT}/boundary", VERIFIER, json=BOUNDARY)
    await monitoring.post(f"{METER}/baseline", VERIFIER, json=BASELINE)
    await monitoring.post(f"{PROJECT}/savings", VERIFIER, json=SAVING)

    *_, frozen, event = await monitoring.recorded()
    (saving,) = await monitoring.get(f"{PROJECT}/savings", VERIFIER)

    assert [gap["day"] for gap in report["incomplete_days"]] == ["2020-04-01", "2022-12-06"]
    assert isinstance(frozen, BaselineFrozen)
    assert frozen.balance_point_celsius == Decimal("12.5")
    assert isinstance(event, SavingsVerified)
    assert round(event.avoided_kwh, 2) == Decimal("873.59")
    assert round(100 * event.avoided_kwh / event.counterfactual_kwh, 3) == Decimal("11.875")
    assert round(event.model_band_kwh, 2) == Decimal("415.14")
    assert event.meters[0].factor_kg_co2e_per_kwh == Decimal("0.18316")
    assert event.saved_kg_co2e == round(event.avoided_kwh * Decimal("0.18316"), 4)
    assert round(event.saved_kg_co2e, 2) == Decimal("160.01")
    assert event.total_band_kwh > event.avoided_kwh
    assert event.distinguishable is False
    assert saving["verdict"] == (
        "The building used 874 kWh (11.9%) less than it would have without the works, "
        "give or take 1,000 kWh at 90% confidence: not distinguishable from no change."
    )


def cambridge(*, faulty_year: bool) -> str:
    """The daily gas of building 19: 2017 is some thirty times too large, 2018 and 2019 are sound."""
    header, *rows = public_data("meters", "cambridge_b19", "gas_daily.csv").read_text().splitlines()
    return "\n".join([header, *(row for row in rows if row.startswith("2017") is faulty_year)])


async def test_the_faulty_year_of_a_cambridge_building_is_not_taken(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring, energy=(annual_energy(kwh=Decimal(94_000)),))

    problem = await monitoring.refused(
        422, "POST", READINGS, READINGS_SUPPLIER, **readings_form(cambridge(faulty_year=True))
    )

    assert problem["code"] == "readings.unit_implausible"
    assert "22.1 times the 257.5 kWh a day of the application" in problem["detail"]
    assert await monitoring.rows("SELECT 1 FROM reading") == []


async def test_two_years_of_a_cambridge_building_without_works_are_not_a_saving(
    monitoring: ServiceUnderTest,
) -> None:
    await with_meter(monitoring, accepted_on=date(2018, 6, 1), energy=(annual_energy(kwh=Decimal(94_000)),))
    await add_station(monitoring)
    warmth = public_data("weather", "bedford_daily_mean_temp_2000_2022.csv").read_bytes()
    await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(cambridge(faulty_year=False)))
    await monitoring.post(TEMPERATURES, READINGS_SUPPLIER, **temperatures_form(warmth))
    await complete_works(monitoring, date(2019, 1, 1))
    await monitoring.post(f"{PROJECT}/boundary", VERIFIER, json=BOUNDARY)
    baseline = BASELINE | {"period_start": "2018-01-01", "period_end": "2019-01-01"}
    await monitoring.post(f"{METER}/baseline", VERIFIER, json=baseline)
    year = SAVING | {"period_start": "2019-01-01", "period_end": "2020-01-01", "verified_on": "2020-02-01"}
    await monitoring.post(f"{PROJECT}/savings", VERIFIER, json=year)

    (saving,) = await monitoring.get(f"{PROJECT}/savings", VERIFIER)

    assert round(Decimal(saving["avoided_kwh"])) == 1050
    assert round(Decimal(saving["total_band_kwh"])) == 12037
    assert saving["verdict"].endswith("not distinguishable from no change.")
    assert saving["factor_edition"].endswith("2019, version 1.3")


async def test_a_year_of_hours_is_taken_and_measured_quickly(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring, energy=(annual_energy(kwh=Decimal(7400)),))
    await add_station(monitoring)
    gas = sample("uk-gas-hdd-only-hourly-sample-0.csv.gz").splitlines(keepends=True)
    year, rest = b"".join(gas[:8785]), b"".join([gas[0], *gas[8785:]])
    started = perf_counter()
    await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(year, **IN_UTC))
    imported_in = perf_counter() - started
    await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(rest, **IN_UTC))
    warmth = sample("uk-tempC-sample-0.csv.gz")
    await monitoring.post(TEMPERATURES, READINGS_SUPPLIER, **temperatures_form(warmth, **IN_UTC))
    await complete_works(monitoring)
    await monitoring.post(f"{PROJECT}/boundary", VERIFIER, json=BOUNDARY)
    await monitoring.post(f"{METER}/baseline", VERIFIER, json=BASELINE)
    started = perf_counter()
    await monitoring.post(f"{PROJECT}/savings", VERIFIER, json=SAVING)
    measured_in = perf_counter() - started

    assert imported_in < 10  # 0.2 s and 40 ms of processor time: these only catch what is far off
    assert measured_in < 2
