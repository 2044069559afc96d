from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.monitoring.domain.local_time import LONDON, Zone
from services.monitoring.domain.readings import ReadingsImport, StatedFormat, add_to_stored, read_readings
from services.monitoring.domain.series import Resolution
from shared.carbon.quantities import EnergyUnit, Fuel
from shared.errors import Invalid

HOUR = timedelta(hours=1)
SPRING, AUTUMN = date(2021, 3, 28), date(2021, 10, 31)


def read(
    text: str,
    zone: Zone,
    unit: EnergyUnit = EnergyUnit.KWH,
    waiting: Mapping[datetime, Decimal] | None = None,
) -> ReadingsImport:
    stated = StatedFormat(fuel=Fuel.ELECTRICITY, unit=unit, zone=zone, resolution=Resolution.HOURLY)
    return read_readings(text.encode(), stated, not_later_than=date(2021, 12, 31), waiting=waiting)


def hours_of(first: date, days: int) -> list[datetime]:
    start = datetime.combine(first, datetime.min.time(), LONDON).astimezone(UTC)
    end = datetime.combine(first + timedelta(days=days), datetime.min.time(), LONDON).astimezone(UTC)
    return [start + HOUR * hour for hour in range((end - start) // HOUR)]


def local_file(hours: list[datetime]) -> str:
    """One kWh in each hour, by the clock on the wall."""
    return file_of([f"{hour.astimezone(LONDON):%Y-%m-%d %H:%M}" for hour in hours])


def utc_file(hours: list[datetime]) -> str:
    return file_of([f"{hour:%Y-%m-%d %H:%M}" for hour in hours])


def file_of(times: list[str]) -> str:
    return "timestamp,kwh\n" + "".join(f"{time},1\n" for time in times)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (date(2021, 6, 1), 24), (AUTUMN, 25)])
def test_a_day_of_clock_change_is_complete_with_its_own_number_of_hours(day: date, hours: int) -> None:
    by_wall_clock = read(local_file(hours_of(day, 1)), Zone.EUROPE_LONDON)
    by_utc = read(utc_file(hours_of(day, 1)), Zone.UTC)

    assert by_wall_clock.kwh_by_day == by_utc.kwh_by_day == {day: Decimal(hours)}
    assert by_wall_clock.report.gaps == ()


def test_summer_hours_in_utc_belong_to_the_day_that_began_at_eleven_the_evening_before() -> None:
    imported = read(utc_file(hours_of(date(2021, 6, 1), 1)), Zone.UTC)

    assert hours_of(date(2021, 6, 1), 1)[0] == datetime(2021, 5, 31, 23, tzinfo=UTC)
    assert list(imported.kwh_by_day) == [date(2021, 6, 1)]


def test_a_time_with_its_own_offset_needs_no_stated_clock() -> None:
    times = [hour.astimezone(LONDON).isoformat() for hour in hours_of(AUTUMN, 1)]

    assert read(file_of(times), Zone.UTC).kwh_by_day == {AUTUMN: Decimal(25)}


def test_an_hour_that_the_clocks_skipped_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        read(file_of(["2021-03-28 00:00", "2021-03-28 01:00"]), Zone.EUROPE_LONDON)

    (problem,) = refusal.value.problems
    assert problem.field == "row 3, time"
    assert "did not happen: the clocks went forward" in problem.message
    assert "choose UTC" in problem.message


def test_an_autumn_day_with_the_repeated_hour_only_once_is_a_gap_of_one_hour() -> None:
    times = [f"2021-10-31 {hour:02}:00" for hour in range(24)]

    imported = read(file_of(times), Zone.EUROPE_LONDON)

    assert imported.kwh_by_day == {}
    assert [(gap.day, gap.missing_hours) for gap in imported.report.gaps] == [(AUTUMN, 1)]


def test_a_day_with_a_missing_hour_is_a_gap_and_not_a_smaller_use() -> None:
    hours = hours_of(date(2021, 1, 1), 2)
    del hours[30]

    imported = read(utc_file(hours), Zone.UTC)

    assert imported.kwh_by_day == {date(2021, 1, 1): Decimal(24)}
    assert len(imported.kwh_by_waiting_hour) == 23
    assert [(gap.day, gap.missing_hours) for gap in imported.report.gaps] == [(date(2021, 1, 2), 1)]


def test_half_hours_are_refused_with_what_to_do() -> None:
    with pytest.raises(Invalid) as refusal:
        read(file_of(["2021-01-01 00:00", "2021-01-01 00:30"]), Zone.UTC)

    assert "Add the parts of each hour up" in refusal.value.problems[0].message


def test_a_daily_row_among_stated_daily_rows_may_not_carry_an_hour() -> None:
    stated = StatedFormat(
        fuel=Fuel.ELECTRICITY, unit=EnergyUnit.KWH, zone=Zone.UTC, resolution=Resolution.DAILY
    )

    with pytest.raises(Invalid) as refusal:
        read_readings(
            file_of(["2021-01-01", "2021-01-02 07:00"]).encode(), stated, not_later_than=date(2021, 12, 31)
        )

    assert refusal.value.problems[0].field == "row 3, time"


@settings(deadline=None)
@example(first=AUTUMN, cut=26, by_wall_clock=True)
@given(
    first=st.sampled_from([SPRING, AUTUMN, date(2021, 6, 1)]),
    cut=st.integers(min_value=1, max_value=69),
    by_wall_clock=st.booleans(),
)
def test_a_file_split_at_any_row_gives_the_same_days(first: date, cut: int, by_wall_clock: bool) -> None:
    hours = hours_of(first - timedelta(days=1), 3)
    write, zone = (local_file, Zone.EUROPE_LONDON) if by_wall_clock else (utc_file, Zone.UTC)
    whole = read(write(hours), zone).kwh_by_day

    begun = add_to_stored({}, read(write(hours[:cut]), zone))
    rest = read(write(hours[cut:]), zone, waiting=begun.kwh_by_waiting_hour)
    finished = add_to_stored(begun.kwh_by_day, rest)

    assert {**begun.kwh_by_day, **finished.kwh_by_day} == whole
    assert len(whole) == 3
    assert finished.kwh_by_waiting_hour == {}


@settings(deadline=None)
@given(watt_hours=st.lists(st.integers(min_value=0, max_value=10**6), min_size=24, max_size=24))
def test_the_unit_a_file_is_written_in_does_not_change_the_use(watt_hours: list[int]) -> None:
    hours = hours_of(date(2021, 1, 5), 1)

    def day_in(unit: EnergyUnit, watt_hours_per_unit: int) -> Mapping[date, Decimal]:
        rows = zip(hours, watt_hours, strict=True)
        lines = [f"{hour:%Y-%m-%d %H:%M},{Decimal(value) / watt_hours_per_unit:f}" for hour, value in rows]
        return read("timestamp,value\n" + "\n".join(lines), Zone.UTC, unit).kwh_by_day

    in_kwh = day_in(EnergyUnit.KWH, 1000)

    assert in_kwh == {date(2021, 1, 5): Decimal(sum(watt_hours)) / 1000}
    assert day_in(EnergyUnit.WH, 1) == day_in(EnergyUnit.MWH, 10**6) == in_kwh


def test_the_same_file_twice_changes_nothing() -> None:
    imported = read(utc_file(hours_of(date(2021, 1, 1), 2)), Zone.UTC)

    again = add_to_stored(imported.kwh_by_day, imported)

    assert again.kwh_by_day == {}
    assert again.days_already_held == 2


def test_a_stored_day_that_the_file_contradicts_is_refused_by_day() -> None:
    imported = read(utc_file(hours_of(date(2021, 1, 1), 2)), Zone.UTC)

    with pytest.raises(Invalid, match="1 days differ") as refusal:
        add_to_stored({date(2021, 1, 2): Decimal("23.5")}, imported)

    (problem,) = refusal.value.problems
    assert problem.field == "2021-01-02"
    assert problem.message == "The file says 24 kWh; 23.5 kWh is held already."


def test_a_waiting_hour_that_the_file_contradicts_is_refused_by_hour() -> None:
    hours = hours_of(date(2021, 1, 1), 1)

    with pytest.raises(Invalid) as refusal:
        read(utc_file(hours), Zone.UTC, waiting={hours[3]: Decimal(7)})

    assert refusal.value.problems[0].field == "2021-01-01 03:00 UTC"


def test_the_gaps_reported_are_those_of_the_file_and_not_of_the_hours_that_waited() -> None:
    waited = {datetime(2021, 1, 1, 5, tzinfo=UTC): Decimal(1)}

    imported = read(utc_file(hours_of(date(2021, 9, 1), 2)), Zone.UTC, waiting=waited)

    assert imported.report.gaps == ()
    assert imported.kwh_by_waiting_hour == waited


def test_hours_of_a_day_that_is_stored_already_do_not_wait() -> None:
    tail = read(utc_file(hours_of(date(2021, 1, 1), 1)[20:]), Zone.UTC)

    added = add_to_stored({date(2021, 1, 1): Decimal(24)}, tail)

    assert added.kwh_by_waiting_hour == {}
