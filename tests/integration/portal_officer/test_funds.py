"""Opening a fund under its terms."""

from typing import Any

import pytest

from tests.support.council import Council
from tests.support.officer import click_twice
from tests.support.portal import Browser, words

NEW = "/officer/funds/new"
TERMS: dict[str, Any] = {
    "name": "Carbon Offset Fund",
    "opens_on-day": "1",
    "opens_on-month": "1",
    "opens_on-year": "2019",
    "organisation": "local-authority-eng:ISL",
    "purposes": ["green-infrastructure"],
    "wards": "E05013699, E05013704\nE05013699",
    "organisation_kinds": ["village_hall", "school"],
    "measure_kinds": ["loft_insulation", "heat_pump"],
    "grant_percent_limit": "50",
    "maximum_grant_pence": "50,000",
    "minimum_quotes": "3",
    "criterion_1": "Carbon saved for the money",
    "weight_1": "60",
    "criterion_2": "",
    "weight_2": "",
    "criterion_3": "Able to deliver",
    "weight_3": "40",
}


async def test_a_fund_is_opened_once_and_its_terms_are_shown(officer: Browser, council: Council) -> None:
    assert "No fund is open yet" in await officer.read("/officer/funds")

    answers = await click_twice(officer, NEW, TERMS)

    page = await officer.read(answers.first.headers["location"])
    assert answers.second.status_code == 303
    assert "The fund is open." in page
    assert "Wards E05013699, E05013704" in page
    assert "Largest grant £50,000.00" in page
    assert "Carbon saved for the money (60%), Able to deliver (40%)" in page
    assert len(await council.applications.recorded()) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"weight_3": "30"}, "The weights of the criteria add up to 90, not 100. Change them."),
        ({"weight_2": "10", "weight_3": "30"}, "Enter the criterion's title."),
        ({"criterion_2": "Reach", "weight_3": "39"}, "The weight must be from 1 to 100 per cent."),
        ({"grant_percent_limit": "101"}, "Largest share of the eligible cost must be 100 or less"),
        ({"maximum_grant_pence": "0"}, "Largest grant must be more than £0"),
        ({"wards": " , "}, "Name at least one ward that buildings may stand in."),
        ({"purposes": []}, "Select at least one purpose the money is for"),
        ({"organisation": "Islington"}, "Give the organisation's code with its prefix"),
    ],
)
async def test_terms_that_cannot_stand_are_said_beside_their_boxes(
    officer: Browser, council: Council, wrong: dict[str, Any], said: str
) -> None:
    answer = await officer.send(NEW, {**TERMS, **wrong})

    assert answer.status_code == 422
    assert words(answer).count(said) == 2
    assert 'value="Able to deliver"' in answer.text
    assert await council.applications.recorded() == []
