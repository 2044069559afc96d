"""A promise is held against a measurement of as many days."""

from datetime import date
from decimal import Decimal

import pytest

from services.portal.comparing import promised_in


@pytest.mark.parametrize(
    ("start", "end", "promised"),
    [
        (date(2021, 4, 2), date(2022, 4, 2), "2206.2"),
        (date(2023, 4, 2), date(2024, 4, 2), "2206.2"),
        (date(2021, 4, 2), date(2021, 6, 14), "441.24"),
    ],
)
def test_a_year_is_promised_whole_and_a_shorter_period_in_proportion(
    start: date, end: date, promised: str
) -> None:
    assert promised_in(Decimal("2206.2"), start, end) == Decimal(promised)
