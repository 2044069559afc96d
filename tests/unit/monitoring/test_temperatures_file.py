from datetime import date
from decimal import Decimal

import pytest

from services.monitoring.domain.local_time import Zone
from services.monitoring.domain.temperatures import (
    TemperaturesImport,
    add_temperatures_to_stored,
    read_temperatures,
)
from shared.errors import Invalid


def read(text: str, zone: Zone = Zone.EUROPE_LONDON) -> TemperaturesImport:
    return read_temperatures(text.encode(), zone=zone, not_later_than=date(2021, 12, 31))


def test_daily_means_are_read_and_may_be_below_nought() -> None:
    imported = read("datetime,tmean_c\n2021-01-01,6.175\n2021-01-02,-3.2\n")

    assert imported.celsius_by_day == {
        date(2021, 1, 1): Decimal("6.175"),
        date(2021, 1, 2): Decimal("-3.2"),
    }


def test_hourly_temperatures_become_the_mean_of_the_local_day() -> None:
    evening_before = "2021-05-31 23:00,24\n"
    rows = "".join(f"2021-06-01 {hour:02}:00,{0 if hour < 23 else 99 // 3}\n" for hour in range(24))

    imported = read("dt,tempC\n" + evening_before + rows, Zone.UTC)

    assert imported.celsius_by_day == {date(2021, 6, 1): Decimal(1)}


def test_a_day_with_an_hour_missing_has_no_mean() -> None:
    rows = "".join(f"2021-01-01 {hour:02}:00,5\n" for hour in range(23))

    imported = read("dt,tempC\n" + rows, Zone.UTC)

    assert imported.celsius_by_day == {}
    assert [(gap.day, gap.missing_hours) for gap in imported.gaps] == [(date(2021, 1, 1), 1)]


@pytest.mark.parametrize("value", ["-40.1", "50.1", "68"])
def test_a_temperature_no_station_in_britain_shows_is_refused_by_row(value: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(f"date,temperature\n2021-01-01,5\n2021-01-02,{value}\n")

    (problem,) = refusal.value.problems
    assert problem.field == "row 3, temperature"
    assert "Convert Fahrenheit" in problem.message


def test_a_winter_in_fahrenheit_is_known_by_its_mean() -> None:
    rows = "".join(f"2021-01-{day:02},{35 + day % 7}\n" for day in range(1, 32))

    with pytest.raises(Invalid, match="it looks like Fahrenheit") as refusal:
        read("date,temperature\n" + rows)

    assert refusal.value.code == "temperatures.fahrenheit"


def test_a_hot_week_in_celsius_is_taken() -> None:
    rows = "".join(f"2021-07-{day:02},28\n" for day in range(15, 22))

    assert len(read("date,temperature\n" + rows).celsius_by_day) == 7


def test_a_file_without_any_temperature_is_refused() -> None:
    with pytest.raises(Invalid, match="No row has a value"):
        read("date,temperature\n2021-01-01,\n")


def test_days_already_held_are_ignored_when_equal_and_refused_when_not() -> None:
    imported = read("date,temperature\n2021-01-01,5\n2021-01-02,6\n").celsius_by_day

    assert add_temperatures_to_stored({date(2021, 1, 1): Decimal(5)}, imported) == {
        date(2021, 1, 2): Decimal(6)
    }
    with pytest.raises(Invalid, match="1 days differ") as refusal:
        add_temperatures_to_stored({date(2021, 1, 1): Decimal(4)}, imported)
    assert refusal.value.problems[0].field == "2021-01-01"
