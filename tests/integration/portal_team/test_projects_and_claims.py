"""The team's projects, claims with their evidence, works and the boundary, page by page."""

import httpx2

from services.portal.identity.people import HALL_SECRETARY, OFFICER, READINGS_SUPPLIER, VERIFIER
from tests.support.applications import EVIDENCE_ID, PDF
from tests.support.events import APPLICATION_ID, CLAIM_ID, METER_ID
from tests.support.one_case import Case
from tests.support.portal import OWN_ORIGIN, hidden_fields, words

PROJECT = f"/team/projects/{APPLICATION_ID}"
CLAIM = f"{PROJECT}/claims/{CLAIM_ID}"
WORKS, BOUNDARY, NEW_METER = f"{PROJECT}/works", f"{PROJECT}/boundary", f"{PROJECT}/new-meter"


def on(name: str, day: int, month: int, year: int) -> dict[str, str]:
    """The three boxes of a date."""
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


async def test_a_project_shows_its_promise_for_each_of_the_works_and_what_to_do_next(case: Case) -> None:
    browser = await case.signed_in(READINGS_SUPPLIER)
    empty = await browser.read("/team/projects")
    await case.accepted()

    listed = await browser.read("/team/projects")
    page = await browser.read(PROJECT)

    assert "There are no projects yet." in empty
    assert "Old Street Community Hall COF-2019-0001 Works under way 2,206.2 kgCO2e None yet" in listed
    assert "Insulation Natural gas 12,000.00 kWh 2,206.2 kgCO2e 30 years" in page
    assert "Next: Record the completion of the works." in page
    assert "No meter has been added yet." in page
    assert "Nothing is verified yet. The promise is 2,206.2 kgCO2e" in await browser.read(
        f"{PROJECT}/measured"
    )


async def test_a_claim_is_verified_once_by_somebody_who_saw_its_evidence(case: Case) -> None:
    await case.claimed()
    browser = await case.signed_in(VERIFIER)
    found = {"finding": "Visited; the loft is insulated.", **on("verified_on", 15, 3, 2021)}

    waiting = await browser.read("/team/claims")
    shown = await browser.read(CLAIM)
    file = await browser.open(f"{PROJECT}/evidence/{EVIDENCE_ID}")
    wrong = await browser.send(CLAIM, {**found, **on("verified_on", 1, 3, 2021)})
    form = hidden_fields(await browser.open(CLAIM))
    first, second = [
        await browser.client.post(CLAIM, data={**form, **found}, headers=OWN_ORIGIN) for _ in range(2)
    ]
    await case.settle()

    assert "Roof insulated of COF-2019-0001 Old Street Community Hall COF-2019-0001 £10,000.00" in waiting
    assert "invoice.pdf" in shown
    assert file.content == PDF
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.headers["x-content-type-options"] == "nosniff"
    assert wrong.status_code == 422
    assert "This is before 8 March 2021, the day of the claim." in words(wrong)
    assert "Visited; the loft is insulated." in wrong.text
    assert first.headers["location"] == second.headers["location"] == f"{PROJECT}?done=claim"
    assert "Verified on 15 March 2021 by Lena Brandt" in await browser.read(PROJECT)
    assert "No claim waits to be verified." in await browser.read("/team/claims")
    assert "Visited; the loft is insulated." in await browser.read(CLAIM)


async def test_works_are_completed_once_and_not_before_the_grant_was_accepted(case: Case) -> None:
    await case.accepted()
    browser = await case.signed_in(READINGS_SUPPLIER)

    early = await browser.send(WORKS, on("completed_on", 1, 12, 2019))
    late = await browser.send(WORKS, on("completed_on", 1, 12, 2999))
    nothing = await browser.send(WORKS, {})
    done = await browser.send(WORKS, on("completed_on", 26, 3, 2021))
    again = await browser.send(WORKS, on("completed_on", 27, 3, 2021))

    assert "This is before 2 December 2019" in words(early)
    assert 'href="#completed_on-day"' in early.text
    assert "must be today or in the past" in words(late)
    assert "Enter the day the works were completed" in words(nothing)
    assert done.headers["location"] == f"{PROJECT}?done=works"
    assert again.status_code == 422
    assert "that day stands" in words(again)
    assert "Works completed on 26 March 2021" in await browser.read(PROJECT)


async def test_a_boundary_is_declared_with_its_reason_and_only_with_a_meter_of_every_fuel(
    case: Case,
) -> None:
    await case.accepted()
    browser = await case.signed_in(READINGS_SUPPLIER)
    declared = {"complete": "complete", "reason": "Gas only.", **on("declared_on", 26, 3, 2021)}

    unmetered = await browser.send(BOUNDARY, declared)
    unexplained = await browser.send(BOUNDARY, {**declared, "reason": ""})
    added = await browser.send(NEW_METER, {"name": "Main gas meter", "fuel": "natural_gas"})
    taken = await browser.send(NEW_METER, {"name": "main gas meter", "fuel": "natural_gas"})
    done = await browser.send(BOUNDARY, declared)

    assert unmetered.status_code == 422
    assert 'href="#complete"' in unmetered.text
    assert "Gas only." in unmetered.text
    assert "Enter why" in words(unexplained)
    assert added.headers["location"] == f"{PROJECT}?done=meter"
    assert "This project has a meter of that name." in words(taken)
    assert done.headers["location"] == f"{PROJECT}?done=boundary"
    page = await browser.read(f"{PROJECT}?done=boundary")
    assert "Your declaration of the boundary is recorded." in page
    assert "Declared Complete Fuels Natural gas Reason Gas only." in page


async def test_pages_of_the_team_are_for_the_team_from_its_own_pages_and_of_what_there_is(
    case: Case,
) -> None:
    await case.accepted()
    paths = ("/team/projects", "/team/claims", "/team/stations", PROJECT, WORKS, f"{PROJECT}/measured")
    for person in (OFFICER, HALL_SECRETARY):
        browser = await case.signed_in(person)
        for path in paths:
            assert (await browser.open(path)).status_code == 403, (person.name, path)
    browser = await case.signed_in(READINGS_SUPPLIER)

    forged = await browser.client.post(WORKS, data=on("completed_on", 26, 3, 2021), headers=OWN_ORIGIN)

    assert forged.status_code == 403
    assert "open too long" in words(forged)
    for path in (f"/team/projects/{CLAIM_ID}", f"{PROJECT}/meters/{METER_ID}", CLAIM):
        assert (await browser.open(path)).status_code == 404, path


async def test_while_monitoring_is_away_the_page_says_so(case: Case) -> None:
    browser = await case.signed_in(READINGS_SUPPLIER)
    case.council.portal.app.state.clients._clients["monitoring"] = httpx2.AsyncClient(
        base_url="http://127.0.0.1:1"
    )

    answer = await browser.open("/team/projects")

    assert answer.status_code == 503
    assert "projects and meter readings cannot be reached just now" in words(answer)
