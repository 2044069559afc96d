import csv
import io
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from tests.support.monitoring import (
    PROJECT,
    READINGS,
    celsius,
    kwh_of_an_insulated_hall,
    kwh_of_an_untreated_hall,
    readings_form,
    ready_to_verify,
    with_meter,
)
from tests.support.people import VERIFIER
from tests.support.services import ServiceUnderTest


async def test_the_series_shows_each_day_beside_what_the_old_hall_would_have_used(
    monitoring: ServiceUnderTest,
) -> None:
    await ready_to_verify(monitoring)
    day = date(2022, 1, 10)

    series = await monitoring.get(f"{PROJECT}/series?period_start=2022-01-01&period_end=2022-02-01", VERIFIER)
    (meter,) = series["meters"]
    shown = next(found for found in meter["days"] if found["day"] == day.isoformat())

    assert len(meter["days"]) == 31
    assert Decimal(shown["observed_kwh"]) == round(kwh_of_an_insulated_hall(day), 3)
    assert float(shown["counterfactual_kwh"]) == pytest.approx(float(kwh_of_an_untreated_hall(day)), abs=7)
    assert Decimal(shown["celsius"]) == round(celsius(day), 3)


async def test_the_series_without_a_period_is_all_that_was_read(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)

    empty = await monitoring.get(f"{PROJECT}/series", VERIFIER)
    await monitoring.post(READINGS, VERIFIER, **readings_form("date,kwh\n2020-01-01,60\n2020-01-03,61\n"))
    series = await monitoring.get(f"{PROJECT}/series", VERIFIER)

    assert (empty["period_start"], empty["meters"]) == (None, [])
    assert [day["observed_kwh"] for day in series["meters"][0]["days"]] == ["60.000000", None, "61.000000"]


async def test_the_series_as_a_file_runs_nothing_in_a_spreadsheet(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)
    formula = {"meter_id": str(uuid4()), "name": "=HYPERLINK(A1)", "fuel": "natural_gas"}
    await monitoring.post(f"{PROJECT}/meters", VERIFIER, json=formula)
    await monitoring.post(READINGS, VERIFIER, **readings_form("date,kwh\n2020-01-01,60\n"))

    answer = await monitoring.request("GET", f"{PROJECT}/series.csv", VERIFIER)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert [row["meter"] for row in rows] == ["'=HYPERLINK(A1)", "Boiler room"]
    assert [row["observed_kwh"] for row in rows] == ["", "60.000000"]


@pytest.mark.parametrize(
    ("period", "code"),
    [
        ("period_start=2020-01-02&period_end=2020-01-01", "period.empty"),
        ("period_start=1990-01-01&period_end=2020-01-01", "series.too_long"),
        ("period_start=soon", "request.misshapen"),
    ],
)
async def test_a_period_of_a_series_is_refused_where_it_is_none(
    monitoring: ServiceUnderTest, period: str, code: str
) -> None:
    await ready_to_verify(monitoring)

    problem = await monitoring.refused(422, "GET", f"{PROJECT}/series?{period}", VERIFIER)

    assert problem["code"] == code
