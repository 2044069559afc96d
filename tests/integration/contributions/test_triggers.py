from typing import Any

import pytest

from tests.support.contributions_service import agreement_body, obligation_body
from tests.support.events import AGREEMENT_ID, an_id
from tests.support.people import AUDITOR, OFFICER
from tests.support.services import ServiceUnderTest

OBLIGATIONS = f"/agreements/{AGREEMENT_ID}/obligations"
PROGRESS = f"/agreements/{AGREEMENT_ID}/progress"
TO_LOOK_AT = "/triggers-to-look-at"


async def test_an_obligation_keeps_what_its_trigger_waits_for(contributions: ServiceUnderTest) -> None:
    await contributions.post("/agreements", OFFICER, agreement_body())
    waits = {"trigger_kind": "percent_occupation", "trigger_percent": 50, "clause": "Schedule 3, paragraph 2"}

    await contributions.post(OBLIGATIONS, OFFICER, obligation_body(**waits))

    shown = (await contributions.get(f"/agreements/{AGREEMENT_ID}", OFFICER))["obligations"][0]
    assert waits.items() <= shown.items()
    assert shown["secured"] is False
    told = (await contributions.recorded())[-1]
    assert waits.items() <= told.model_dump().items()


async def test_a_wrong_threshold_is_refused_by_field(contributions: ServiceUnderTest) -> None:
    await contributions.post("/agreements", OFFICER, agreement_body())
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"trigger_kind": "percent_occupation", "trigger_percent": 101}, "trigger_percent"),
        ({"trigger_kind": "nth_occupation"}, "trigger_dwelling"),
        ({"trigger_kind": "date"}, "trigger_on"),
        ({"trigger_kind": "one day"}, "trigger_kind"),
    ]

    for each, field in wrong:
        problem = await contributions.refused(422, "POST", OBLIGATIONS, OFFICER, obligation_body(**each))
        assert problem["problems"][0]["field"] == field


async def test_the_database_refuses_a_threshold_of_another_kind(contributions: ServiceUnderTest) -> None:
    await contributions.post("/agreements", OFFICER, agreement_body())
    await contributions.post(OBLIGATIONS, OFFICER, obligation_body())

    with pytest.raises(Exception, match="obligation_has_the_threshold_of_its_trigger"):
        await contributions.rows("UPDATE obligation SET trigger_percent = 50 RETURNING 1")
    with pytest.raises(Exception, match="obligation_is_one_tranche_of_its_clause"):
        await contributions.rows("UPDATE obligation SET tranche_number = 3, tranche_count = 2 RETURNING 1")


async def a_clause_of_every_kind(contributions: ServiceUnderTest) -> None:
    """An agreement whose obligations wait for each kind of trigger."""
    await contributions.post("/agreements", OFFICER, agreement_body())
    for name, waits in {
        "commencement": {},
        "first_occupation": {},
        "nth_occupation": {"trigger_dwelling": 12},
        "percent_occupation": {"trigger_percent": 50},
        "completion": {},
        "date": {"trigger_on": "2999-01-01"},
        "other": {},
    }.items():
        body = obligation_body(name, trigger_kind=name, **waits)
        await contributions.post(OBLIGATIONS, OFFICER, body)


def occupied(dwellings: int, on: str = "2021-05-04", name: str = "report", **changes: Any) -> dict[str, Any]:
    return {
        "progress_id": str(an_id(name)),
        "kind": "occupied",
        "happened_on": on,
        "occupied_dwellings": dwellings,
        "consented_dwellings": 24,
        **changes,
    }


async def to_look_at(contributions: ServiceUnderTest) -> dict[str, str]:
    """The obligations whose triggers seem to be met, with the day."""
    found = await contributions.get(TO_LOOK_AT, AUDITOR)
    return {each["reference"]: each["seems_met_on"] for each in found["triggers"]}


async def test_a_report_of_occupied_dwellings_proposes_the_triggers_it_reaches(
    contributions: ServiceUnderTest,
) -> None:
    await a_clause_of_every_kind(contributions)
    first = {"commencement", "first_occupation"}

    await contributions.post(PROGRESS, OFFICER, occupied(11))
    assert await to_look_at(contributions) == dict.fromkeys(first, "2021-05-04")
    await contributions.post(PROGRESS, OFFICER, occupied(12, "2021-06-01", "half"))

    found = await to_look_at(contributions)
    assert {name for name, on in found.items() if on == "2021-05-04"} == first
    assert {name for name, on in found.items() if on == "2021-06-01"} == {
        "nth_occupation",
        "percent_occupation",
    }


async def test_a_trigger_seems_met_on_the_first_day_that_a_report_reaches_it(
    contributions: ServiceUnderTest,
) -> None:
    await a_clause_of_every_kind(contributions)
    await contributions.post(PROGRESS, OFFICER, occupied(24, "2022-01-10", "later"))
    await contributions.post(PROGRESS, OFFICER, occupied(12, "2021-05-04", "earlier"))
    begun = {"progress_id": str(an_id("begun")), "kind": "commenced", "happened_on": "2020-01-06"}
    await contributions.post(PROGRESS, OFFICER, begun)
    done = {"progress_id": str(an_id("done")), "kind": "completed", "happened_on": "2022-03-01"}
    await contributions.post(PROGRESS, OFFICER, done)

    found = await to_look_at(contributions)

    assert (found["commencement"], found["nth_occupation"]) == ("2020-01-06", "2021-05-04")
    assert found["completion"] == "2022-03-01"
    assert "other" not in found


async def test_a_trigger_is_met_when_the_officer_says_so_and_only_once(
    contributions: ServiceUnderTest,
) -> None:
    await a_clause_of_every_kind(contributions)
    await contributions.post(PROGRESS, OFFICER, occupied(1))
    trigger = f"{OBLIGATIONS}/{an_id('first_occupation')}/trigger"

    shown = (await contributions.get(f"/agreements/{AGREEMENT_ID}", OFFICER))["obligations"]
    assert not any(each["secured"] for each in shown)
    await contributions.post(trigger, OFFICER, {"trigger_met_on": "2021-05-04"})
    problem = await contributions.refused(409, "POST", trigger, OFFICER, {"trigger_met_on": "2021-05-05"})

    assert problem["code"] == "trigger.met_before"
    assert await to_look_at(contributions) == {"commencement": "2021-05-04"}


async def test_a_date_that_has_come_is_to_be_looked_at_and_one_to_come_is_not(
    contributions: ServiceUnderTest,
) -> None:
    await contributions.post("/agreements", OFFICER, agreement_body())
    for name, on in (("past", "2020-04-01"), ("to come", "2999-04-01")):
        body = obligation_body(name, trigger_kind="date", trigger_on=on)
        await contributions.post(OBLIGATIONS, OFFICER, body)

    assert await to_look_at(contributions) == {"past": "2020-04-01"}


async def test_a_wrong_report_is_withdrawn_and_proposes_nothing_any_more(
    contributions: ServiceUnderTest,
) -> None:
    await a_clause_of_every_kind(contributions)
    await contributions.post(PROGRESS, OFFICER, occupied(24))
    path = f"{PROGRESS}/{an_id('report')}/withdraw"

    blank = await contributions.refused(422, "POST", path, OFFICER, {"reason": " "})
    await contributions.post(path, OFFICER, {"reason": "12 were occupied, not 24."})
    twice = await contributions.refused(409, "POST", path, OFFICER, {"reason": "Again."})

    assert (blank["problems"][0]["field"], twice["code"]) == ("reason", "progress.withdrawn_before")
    assert await to_look_at(contributions) == {}
    (report,) = await contributions.get(PROGRESS, OFFICER)
    assert report["withdrawn_because"] == "12 were occupied, not 24."


async def test_a_report_that_cannot_be_is_refused_by_field(contributions: ServiceUnderTest) -> None:
    await contributions.post("/agreements", OFFICER, agreement_body())

    for wrong, field in WRONG_REPORTS:
        problem = await contributions.refused(422, "POST", PROGRESS, OFFICER, occupied(12) | wrong)
        assert field in {each["field"] for each in problem["problems"]}

    assert await contributions.get(PROGRESS, OFFICER) == []


WRONG_REPORTS: list[tuple[dict[str, Any], str]] = [
    ({"occupied_dwellings": 25}, "occupied_dwellings"),
    ({"occupied_dwellings": 0}, "occupied_dwellings"),
    ({"consented_dwellings": None}, "consented_dwellings"),
    ({"happened_on": "2999-01-01"}, "happened_on"),
    ({"happened_on": "2019-01-01"}, "happened_on"),
    ({"kind": "completed"}, "occupied_dwellings"),
]
