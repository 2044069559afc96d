"""Index values from files: what is read, and what is refused by its row."""

from datetime import date
from decimal import Decimal

import pytest

from services.contributions.domain.indexation.period_text import read_period
from services.contributions.domain.indexation.periods import Frequency
from services.contributions.domain.indexation.publication import IndexValue, missing_periods
from services.contributions.domain.indexation.series import IndexSeries
from services.contributions.domain.indexation.values_file import read_values, values_of
from shared.errors import Invalid
from tests.support.contributions import an_id

MONTHLY = IndexSeries(
    id=an_id("series"), name="Invented index", publisher="Nobody", frequency=Frequency.MONTHLY
)
QUARTERLY = IndexSeries(
    id=an_id("series"), name="Invented index", publisher="Nobody", frequency=Frequency.QUARTERLY
)
PUBLISHED_ON = date(2024, 4, 16)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03",
        "2024-03-01",
        "01/03/2024",
        "03/2024",
        "Mar 2024",
        "March 2024",
        "Mar-24",
        "2024 MAR",
        "mar 24",
    ],
)
def test_a_month_is_read_in_the_ways_that_people_write_it(text: str) -> None:
    assert read_period(text) == (Frequency.MONTHLY, date(2024, 3, 1))


@pytest.mark.parametrize("text", ["2024 Q2", "2024Q2", "Q2 2024", "2Q 2024", "2024-Q2"])
def test_a_quarter_is_read_in_the_ways_that_people_write_it(text: str) -> None:
    assert read_period(text) == (Frequency.QUARTERLY, date(2024, 4, 1))


@pytest.mark.parametrize("text", ["", "2024-13", "0000", "Marble 2024", "March", "2024 Q5", "45352", "=1"])
def test_what_is_no_period_is_not_taken_for_one(text: str) -> None:
    assert read_period(text) is None


def test_values_are_read_with_what_is_provisional() -> None:
    rows = read_values(b'Month,Index,Status\nJan 2024,"1,335.5",\nFeb 2024,336,P\n', MONTHLY, PUBLISHED_ON)

    assert list(values_of(rows).values()) == [
        IndexValue(period=date(2024, 1, 1), value=Decimal("1335.5"), provisional=False),
        IndexValue(period=date(2024, 2, 1), value=Decimal(336), provisional=True),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2024-01,-3,", "above zero"),
        ("2024-01,0,", "above zero"),
        ("2024-01,three,", "is not a number"),
        ("2024-01,3.1234567,", "6 decimals"),
        ("2024 Q1,300,", "published monthly"),
        ("soon,300,", "is not a month"),
        ("1900-01,300,", "between 1901 and 2034"),
        ("2024-01,300,perhaps", "neither provisional nor final"),
        ("2024-05,300,", "mark the value as provisional"),
    ],
)
def test_a_wrong_row_is_refused_with_what_to_do(row: str, said: str) -> None:
    [found] = read_values(f"period,value,provisional\n{row}\n".encode(), MONTHLY, PUBLISHED_ON)

    assert found.value is None
    assert found.number == 2
    assert said in (found.problem or "")


def test_a_month_that_stands_three_times_is_refused_twice() -> None:
    rows = read_values(b"period,value\n2024-01,300\nJan 2024,301\n2024-01,302\n", MONTHLY, PUBLISHED_ON)

    assert [row.problem is None for row in rows] == [True, False, False]
    assert "row 2 already" in (rows[2].problem or "")


def test_a_file_of_the_national_statistics_gives_the_series_own_periods() -> None:
    file = (
        b'"Title","INVENTED INDEX 2015=100"\n"CDID","X999"\n"Release date","16-04-2024"\n'
        b'"2023","130.0"\n"2023 Q4","131.1"\n"2024 Q1","132.2"\n"2024 JAN","132.0"\n"2024 FEB","132.3"\n'
    )

    assert [row.said_period for row in read_values(file, MONTHLY, PUBLISHED_ON)] == ["2024 JAN", "2024 FEB"]
    assert [row.said_period for row in read_values(file, QUARTERLY, PUBLISHED_ON)] == ["2023 Q4", "2024 Q1"]


@pytest.mark.parametrize("file", [b"%PDF-1.7", b"a,b\n1,2\n"])
def test_a_file_that_is_no_table_of_values_is_refused_whole(file: bytes) -> None:
    with pytest.raises(Invalid):
        read_values(file, MONTHLY, PUBLISHED_ON)


def test_missing_months_are_found_in_the_file_and_between_it_and_what_is_known() -> None:
    values = {date(2024, 3, 1): 1, date(2024, 5, 1): 1}

    assert missing_periods(values, frozenset(), Frequency.MONTHLY) == (date(2024, 4, 1),)
    known = frozenset({date(2023, 12, 1), date(2024, 1, 1)})
    assert missing_periods(values, known, Frequency.MONTHLY) == (date(2024, 2, 1), date(2024, 4, 1))
