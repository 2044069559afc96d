"""Drafts are saved section by section; two tabs, second clicks and strangers do no harm."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest

from tests.support.applications import (
    BUILDING,
    HERE,
    MATCH_FUNDING,
    SECTIONS,
    WHO,
    changed,
    complete,
    draft,
    fund_body,
    organisation_body,
    refused_save,
    save,
    start_body,
)
from tests.support.events import BUNHILL, HILLRISE, an_id
from tests.support.people import APPLICANT, OFFICER, OTHER_APPLICANT
from tests.support.services import ServiceUnderTest


def state_of(application: dict[str, Any], section: str) -> str:
    found: str = next(task["state"] for task in application["tasks"] if task["section"] == section)
    return found


async def test_references_count_up_within_the_funds_year(applications: ServiceUnderTest) -> None:
    await draft(applications)
    second = start_body(application_id=str(an_id("second application")))

    started = await applications.post("/applications", APPLICANT, json=second)

    assert (await applications.get(HERE, APPLICANT))["reference"] == "COF-2019-0001"
    assert started["reference"] == "COF-2019-0002"


async def test_an_empty_draft_lists_what_to_do(applications: ServiceUnderTest) -> None:
    await draft(applications)

    application = await applications.get(HERE, APPLICANT)

    assert (application["status"], application["version"], application["sequence"]) == ("draft", 0, 0)
    assert [task["state"] for task in application["tasks"]] == ["not_started"] * 6
    assert application["sections"]["building"] is None


async def test_a_section_may_be_saved_half_done_and_says_what_is_missing(
    applications: ServiceUnderTest,
) -> None:
    await draft(applications)

    await save(applications, "building", {"name": "Old Street Community Hall"})

    application = await applications.get(HERE, APPLICANT)
    task = application["tasks"][1]
    assert task["state"] == "in_progress"
    assert "Choose the ward it stands in." in [item["message"] for item in task["missing"]]
    assert application["sections"]["building"]["name"] == "Old Street Community Hall"


async def test_a_complete_draft_shows_its_sums_and_that_nothing_is_missing(
    applications: ServiceUnderTest,
) -> None:
    await complete(applications)

    application = await applications.get(HERE, APPLICANT)

    assert {task["state"] for task in application["tasks"]} == {"complete"}
    assert application["figures"] == {
        "total_cost_pence": 64_000_00,
        "eligible_cost_pence": 60_000_00,
        "match_funding_pence": 30_000_00,
        "requested_pence": 30_000_00,
        "highest_request_pence": 30_000_00,
        "quotes": 1,
    }


async def test_a_wrong_answer_is_refused_and_nothing_is_saved(applications: ServiceUnderTest) -> None:
    await draft(applications)
    await save(applications, "costs", SECTIONS["costs"])
    wards = f"Choose one of: {BUNHILL}, {HILLRISE}."
    cases: list[tuple[str, dict[str, Any], str, str]] = [
        ("building", {**BUILDING, "ward": "Camelot"}, "ward", wards),
        ("match_funding", {**MATCH_FUNDING, "requested_pence": 30_000_01}, "requested_pence", "£30,000.00"),
        ("match_funding", {**MATCH_FUNDING, "requested_pence": -1}, "requested_pence", "above zero"),
    ]
    for section, answers, field, words in cases:
        problem = await refused_save(applications, section, answers)

        assert problem["problems"][0]["field"] == field
        assert words in problem["detail"]
        assert (await applications.get(HERE, APPLICANT))["sections"][section] is None


async def test_a_slip_in_the_third_measure_is_named_by_its_row(applications: ServiceUnderTest) -> None:
    await draft(applications)
    rows = [*SECTIONS["measures"]["measures"], {"kind": "glazing", "lifetime_years": 0}]

    problem = await refused_save(applications, "measures", {"measures": rows})

    assert [item["field"] for item in problem["problems"]] == ["measures.2.lifetime_years"]
    assert "Measure 3" in problem["detail"]


async def test_several_wrong_answers_are_all_named(applications: ServiceUnderTest) -> None:
    await draft(applications)

    problem = await refused_save(applications, "building", {**BUILDING, "ward": "Camelot", "uprn": "x"})

    assert [item["field"] for item in problem["problems"]] == ["ward", "uprn"]
    assert problem["detail"] == "Correct 2 things before this can be recorded."


async def test_what_has_the_wrong_shape_is_named_and_never_dropped(applications: ServiceUnderTest) -> None:
    await draft(applications)
    cases: list[tuple[str, dict[str, Any], str]] = [
        ("costs", {"costs": [{"net_pence": 12.5}]}, "costs.0.net_pence"),
        ("costs", {"costs": [{"net_pense": 12}]}, "costs.0.net_pense"),
        ("building", {"wart": "x"}, "wart"),
        ("energy", {"energy": [{"fuel": "peat"}]}, "energy.0.fuel"),
        ("energy", {"energy": [{"kwh": "NaN"}]}, "energy.0.kwh"),
        ("energy", {"energy": [{"period_start": "2019-02-30"}]}, "energy.0.period_start"),
    ]
    for section, answers, field in cases:
        problem = await refused_save(applications, section, answers)

        assert [item["field"] for item in problem["problems"]] == [field]


async def test_more_saved_than_used_is_refused_when_the_energy_is_known(
    applications: ServiceUnderTest,
) -> None:
    await draft(applications)
    await save(applications, "energy", SECTIONS["energy"])
    measures = changed("measures")
    measures["measures"][1]["saved_kwh"] = "9000.01"

    problem = await refused_save(applications, "measures", measures)

    assert problem["code"] == "saving.above_use"
    assert problem["problems"][0]["field"] == "measures.1.saved_kwh"


async def test_costs_that_shrink_later_leave_the_request_to_be_changed(
    applications: ServiceUnderTest,
) -> None:
    await complete(applications)
    costs = changed("costs")
    costs["costs"][0]["net_pence"] = 40_000_00

    await save(applications, "costs", costs)

    application = await applications.get(HERE, APPLICANT)
    assert state_of(application, "match_funding") == "in_progress"
    assert "at most £20,000.00" in application["tasks"][5]["missing"][0]["message"]


async def test_the_second_of_two_tabs_overwrites_nothing(applications: ServiceUnderTest) -> None:
    await draft(applications)
    await save(applications, "who", {**WHO, "legal_status": "first tab"})

    body = {"version": 0, **WHO, "legal_status": "second tab"}
    problem = await applications.refused(409, "PUT", f"{HERE}/sections/who", APPLICANT, json=body)

    assert problem["code"] == "application.changed"
    assert "Reload" in problem["detail"]
    assert (await applications.get(HERE, APPLICANT))["sections"]["who"]["legal_status"] == "first tab"


async def test_of_two_saves_at_the_same_moment_one_is_told_of_the_other(
    applications: ServiceUnderTest,
) -> None:
    await draft(applications)

    answers = await asyncio.gather(
        *(
            applications.request(
                "PUT", f"{HERE}/sections/who", APPLICANT, json={"version": 0, "legal_status": text}
            )
            for text in ("one", "two")
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert (await applications.get(HERE, APPLICANT))["version"] == 1


async def test_a_second_click_gets_the_first_answer_and_saves_once(applications: ServiceUnderTest) -> None:
    await draft(applications)
    headers = {"Idempotency-Key": str(uuid4())}
    body = {"version": 0, **WHO}

    first, second = [
        await applications.request("PUT", f"{HERE}/sections/who", APPLICANT, json=body, headers=headers)
        for _ in range(2)
    ]

    assert first.json() == second.json()
    assert (await applications.get(HERE, APPLICANT))["version"] == 1


async def test_the_same_key_for_something_else_is_refused(applications: ServiceUnderTest) -> None:
    await draft(applications)
    headers = {"Idempotency-Key": str(uuid4())}
    body = {"version": 0, **WHO}
    await applications.request("PUT", f"{HERE}/sections/who", APPLICANT, json=body, headers=headers)

    other = {**body, "legal_status": "something else"}
    problem = await applications.refused(
        409, "PUT", f"{HERE}/sections/who", APPLICANT, json=other, headers=headers
    )

    assert problem["code"] == "idempotency_key.reused"


async def test_a_refresh_makes_no_second_draft(applications: ServiceUnderTest) -> None:
    await draft(applications)

    problem = await applications.refused(409, "POST", "/applications", APPLICANT, json=start_body())

    assert problem["code"] == "application.exists"
    assert len(await applications.get("/applications", APPLICANT)) == 1


async def test_a_formula_in_a_cell_is_kept_as_the_text_it_is(applications: ServiceUnderTest) -> None:
    await draft(applications)
    formula = '=HYPERLINK("http://example.org","x")'
    costs = changed("costs")
    costs["costs"][0]["description"] = formula

    await save(applications, "costs", costs)

    sections = (await applications.get(HERE, APPLICANT))["sections"]
    assert sections["costs"]["costs"][0]["description"] == formula


async def test_characters_the_database_cannot_hold_are_left_out(applications: ServiceUnderTest) -> None:
    await draft(applications)

    await save(applications, "building", {"use": "Lunch\0 club, naïve \\u0000 façade 🙂"})

    sections = (await applications.get(HERE, APPLICANT))["sections"]
    assert sections["building"]["use"] == "Lunch club, naïve \\u0000 façade 🙂"


async def test_an_application_of_others_is_not_there(applications: ServiceUnderTest) -> None:
    await complete(applications)

    await applications.refused(404, "GET", HERE, OTHER_APPLICANT)
    await applications.refused(404, "GET", f"{HERE}/saving", OTHER_APPLICANT)
    await applications.refused(404, "GET", f"{HERE}/claims", OTHER_APPLICANT)
    body = {"version": 6, **WHO}
    await applications.refused(404, "PUT", f"{HERE}/sections/who", OTHER_APPLICANT, json=body)
    day = {"submitted_on": "2019-10-01"}
    await applications.refused(404, "POST", f"{HERE}/submit", OTHER_APPLICANT, json=day)

    assert await applications.get("/applications", OTHER_APPLICANT) == []


async def test_nobody_applies_for_an_organisation_of_others(applications: ServiceUnderTest) -> None:
    await applications.post("/funds", OFFICER, json=fund_body())
    await applications.post("/organisations", APPLICANT, json=organisation_body())

    problem = await applications.refused(404, "POST", "/applications", OTHER_APPLICANT, json=start_body())

    assert problem["code"] == "organisation.not_found"


async def test_the_saving_is_shown_step_by_step_or_what_is_missing(applications: ServiceUnderTest) -> None:
    await draft(applications)
    before = await applications.get(f"{HERE}/saving", APPLICANT)
    for section in ("measures", "energy"):
        await save(applications, section, SECTIONS[section])

    after = await applications.get(f"{HERE}/saving", APPLICANT)

    assert before["saving"] is None
    assert before["missing"][0]["field"] == "measures"
    first = after["saving"]["measures"][0]["steps"][0]
    assert (first["result"], first["unit"]) == ("12000.00", "kWh a year")
    assert first["source"] == "Quote of A. Builder, page 3"
    assert "2025" in after["saving"]["factor_edition"]


@pytest.mark.parametrize("wrong", [{"lifetime_years": 0}, {"saving_percent": "1e400"}], ids=str)
async def test_a_figure_that_cannot_be_is_refused_before_anything_is_worked_out_from_it(
    applications: ServiceUnderTest, wrong: dict[str, Any]
) -> None:
    await complete(applications)
    measure = {**SECTIONS["measures"]["measures"][0], **wrong}

    problem = await refused_save(applications, "measures", {"measures": [measure]})

    assert [each["field"] for each in problem["problems"]] == [f"measures.0.{next(iter(wrong))}"]


async def test_a_refusal_that_quotes_half_a_character_can_still_be_read(
    applications: ServiceUnderTest,
) -> None:
    content = json.dumps(organisation_body(kind="\ud800"))
    headers = {"Content-Type": "application/json"}

    problem = await applications.refused(
        422, "POST", "/organisations", APPLICANT, content=content, headers=headers
    )

    assert problem["code"] == "organisation.kind"
