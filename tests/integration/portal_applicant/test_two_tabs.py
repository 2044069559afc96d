"""Second click, back button, two tabs: nothing is done twice, nothing is overwritten unseen."""

from typing import Any

import httpx2

from tests.support.applicant import BUILDING, COST, SECTIONS, USE, WHO, WORKS, Applicant, on
from tests.support.portal import OWN_ORIGIN, hidden_fields, words


async def opened(applicant: Applicant, rest: str) -> dict[str, str]:
    """The hidden fields of a page as a tab holds them."""
    return hidden_fields(await applicant.browser.open(applicant.path(rest)))


async def pressed(
    applicant: Applicant, rest: str, tab: dict[str, str], fields: dict[str, Any]
) -> httpx2.Response:
    """The button pressed in that tab."""
    return await applicant.browser.client.post(
        applicant.path(rest), data={**tab, **fields}, headers=OWN_ORIGIN
    )


async def costs_of(applicant: Applicant) -> list[str]:
    costs = (await applicant.draft())["sections"]["costs"] or {"costs": []}
    return [cost["description"] for cost in costs["costs"]]


async def test_a_second_click_adds_one_cost_only(applicant: Applicant) -> None:
    tab = await opened(applicant, "costs/new")

    answers = [await pressed(applicant, "costs/new", tab, COST) for _ in range(2)]

    assert [answer.headers["location"] for answer in answers] == [applicant.path("costs")] * 2
    assert await costs_of(applicant) == ["Insulating the roof"]


async def test_a_second_click_on_remove_removes_one_cost_only(applicant: Applicant) -> None:
    for name in ("Roof", "Doors"):
        await applicant.save("costs/new", {**COST, "description": name})
    tab = await opened(applicant, "costs/1/remove")

    answers = [await pressed(applicant, "costs/1/remove", tab, {}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert await costs_of(applicant) == ["Doors"]


async def test_a_second_click_on_start_begins_one_application(visitor: Applicant) -> None:
    await visitor.start()
    before = len((await visitor.browser.read("/applicant")).split("Reference"))
    page = await visitor.browser.open("/applicant/start")
    organisation = page.text.split('name="organisation_id" type="radio" value="')[1].split('"')[0]
    fields = {**hidden_fields(page), "organisation_id": organisation}

    answers = [
        await visitor.browser.client.post("/applicant/start", data=fields, headers=OWN_ORIGIN)
        for _ in range(2)
    ]

    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert len((await visitor.browser.read("/applicant")).split("Reference")) == before + 1


async def test_going_back_and_changing_a_cost_that_was_added_is_no_silent_loss(
    applicant: Applicant,
) -> None:
    tab = await opened(applicant, "costs/new")
    await pressed(applicant, "costs/new", tab, COST)

    answer = await pressed(applicant, "costs/new", tab, {**COST, "description": "New doors"})

    assert answer.status_code == 303
    assert await costs_of(applicant) == ["Insulating the roof", "New doors"]


async def test_a_stale_tab_shows_what_is_saved_and_what_was_typed_and_overwrites_nothing(
    applicant: Applicant,
) -> None:
    tab = await opened(applicant, "building/use")
    await applicant.save("building/use", {**USE, "use": "nursery on weekdays"})

    answer = await pressed(applicant, "building/use", tab, {**USE, "use": "concerts"})

    assert answer.status_code == 409
    said = words(answer)
    assert "This was changed in another tab, or by somebody else" in said
    assert "Use of the building nursery on weekdays concerts" in said
    assert (await applicant.draft())["sections"]["building"]["use"] == "nursery on weekdays"


async def test_after_seeing_both_the_person_may_save_what_they_typed(applicant: Applicant) -> None:
    tab = await opened(applicant, "building/use")
    await applicant.save("building/use", {**USE, "use": "nursery on weekdays"})
    shown = await pressed(applicant, "building/use", tab, {**USE, "use": "concerts"})

    answer = await pressed(applicant, "building/use", hidden_fields(shown), {**USE, "use": "concerts"})

    assert answer.status_code == 303
    assert (await applicant.draft())["sections"]["building"]["use"] == "concerts"


async def test_two_tabs_at_different_questions_do_not_disturb_one_another(applicant: Applicant) -> None:
    who, use = await opened(applicant, "who"), await opened(applicant, "building/use")
    await applicant.save("building", BUILDING)

    answers = [
        await pressed(applicant, "who", who, WHO),
        await pressed(applicant, "building/use", use, USE),
    ]

    assert [answer.status_code for answer in answers] == [303, 303]
    sections = (await applicant.draft())["sections"]
    assert (sections["building"]["name"], sections["building"]["use"]) == (BUILDING["name"], USE["use"])


async def test_a_row_that_moved_up_meanwhile_is_still_the_one_that_is_changed(applicant: Applicant) -> None:
    for name in ("Roof", "Doors"):
        await applicant.save("costs/new", {**COST, "description": name})
    doors = await opened(applicant, "costs/2")
    await applicant.save("costs/1/remove", {})
    await applicant.save("costs/new", {**COST, "description": "Windows"})

    answer = await pressed(applicant, "costs/2", doors, {**COST, "description": "Doors and frames"})

    assert answer.status_code == 303
    assert await costs_of(applicant) == ["Doors and frames", "Windows"]


async def test_a_row_that_was_changed_meanwhile_is_not_removed(applicant: Applicant) -> None:
    await applicant.save("costs/new", COST)
    tab = await opened(applicant, "costs/1/remove")
    await applicant.save("costs/1", {**COST, "description": "Walls"})

    answer = await pressed(applicant, "costs/1/remove", tab, {})

    assert answer.status_code == 409
    assert "was not removed" in words(answer)
    assert await costs_of(applicant) == ["Walls"]


async def test_a_heat_pump_is_asked_what_it_uses_itself(applicant: Applicant) -> None:
    await applicant.save("measures/new", {**WORKS, "kind": "heat_pump"})

    answer = await applicant.send("measures/1/saving", SECTIONS["measures/1/saving"])

    assert answer.headers["location"] == applicant.path("measures/1/own-use")


async def test_a_page_left_open_while_the_application_was_sent_says_that_nothing_was_saved(
    applicant: Applicant,
) -> None:
    await applicant.answer_everything()
    tab = await opened(applicant, "who")
    await applicant.submit()

    answer = await pressed(applicant, "who", tab, WHO)

    assert answer.status_code == 409
    assert "it can no longer be changed" in words(answer)


async def test_a_second_click_on_send_sends_once_and_leads_to_the_same_page(applicant: Applicant) -> None:
    await applicant.answer_everything()
    tab = await opened(applicant, "send")
    fields = {"declaration": "yes", **on("submitted_on", 1, 10, 2019)}

    answers = [await pressed(applicant, "send", tab, fields) for _ in range(2)]

    assert [answer.headers["location"] for answer in answers] == [applicant.path("sent")] * 2
