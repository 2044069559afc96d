from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.portal.layout.filters import NOT_KNOWN, day, kg, kwh, moment, number, percent, pounds, tonnes


@pytest.mark.parametrize(
    ("pence", "written"),
    [
        (123450, "£1,234.50"),
        (0, "£0.00"),
        (5, "£0.05"),
        (-21172000, "\N{MINUS SIGN}£211,720.00"),
        (None, NOT_KNOWN),
    ],
)
def test_pence_are_written_as_pounds(pence: int | None, written: str) -> None:
    assert pounds(pence) == written


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_no_penny_is_lost_in_writing(pence: int) -> None:
    written = pounds(pence).replace("£", "").replace(",", "").replace("\N{MINUS SIGN}", "-")

    assert Decimal(written) * 100 == pence


def test_quantities_carry_their_unit() -> None:
    assert kg(Decimal("160.0942")) == "160.1 kgCO2e"
    assert tonnes(Decimal(12345)) == "12.34 tCO2e"
    assert kwh(Decimal("873.5902")) == "873.59 kWh"
    assert percent(Decimal("0.11875"), 3) == "11.875%"
    assert number(Decimal("-1234.5"), 1) == "\N{MINUS SIGN}1,234.5"


def test_what_is_not_known_is_said_to_be_so() -> None:
    assert {write(None) for write in (pounds, kg, tonnes, kwh, percent, number, day, moment)} == {NOT_KNOWN}


def test_dates_are_written_in_full() -> None:
    assert day(date(2021, 3, 2)) == "2 March 2021"


@pytest.mark.parametrize(
    ("at", "written"),
    [
        (datetime(2021, 7, 2, 13, 5, tzinfo=UTC), "2 July 2021 at 2:05pm"),
        (datetime(2021, 1, 2, 0, 0, tzinfo=UTC), "2 January 2021 at 12:00am"),
        (datetime(2021, 6, 30, 23, 30, tzinfo=UTC), "1 July 2021 at 12:30am"),
    ],
)
def test_times_are_those_of_the_clock_in_london(at: datetime, written: str) -> None:
    assert moment(at) == written


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        moment(datetime(2021, 3, 2))  # noqa: DTZ001
