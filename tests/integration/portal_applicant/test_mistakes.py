"""What an applicant gets wrong while filling in: a clear message beside the field, and nothing half done."""

import pytest

from tests.support.applicant import BUILDING, COST, FUEL, SAVING, SECTIONS, WORKS, Applicant
from tests.support.portal import OWN_ORIGIN, hidden_fields, words


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("12.345", "Cost without VAT must be in pounds and whole pence, like 12500.00"),
        ("-5", "Cost without VAT must be more than £0"),
        ("0", "Cost without VAT must be more than £0"),
        ("twelve", "Cost without VAT must be a number"),
        ("", "Enter the cost without VAT"),
    ],
)
async def test_a_sum_that_is_none_is_explained_beside_its_box_and_kept(
    applicant: Applicant, typed: str, message: str
) -> None:
    answer = await applicant.send("costs/new", {**COST, "net_pence": typed})

    assert answer.status_code == 422
    assert message in words(answer)
    assert '<a href="#net_pence">' in answer.text
    assert f'value="{typed}"' in answer.text
    assert 'value="Insulating the roof"' in answer.text
    assert (await applicant.draft())["sections"]["costs"] is None


async def test_a_refusal_of_the_service_stands_beside_the_field_of_its_row(applicant: Applicant) -> None:
    await applicant.save("costs/new", COST)

    answer = await applicant.send("costs/new", {**COST, "net_pence": "100", "vat_pence": "101"})

    assert answer.status_code == 422
    assert "Cost 2: the VAT is more than the net sum. Check both." in words(answer)
    assert '<a href="#vat_pence">' in answer.text
    assert len((await applicant.draft())["sections"]["costs"]["costs"]) == 1


async def test_a_forged_ward_is_refused_with_a_message(applicant: Applicant) -> None:
    answer = await applicant.send("building", {**BUILDING, "ward": "E09999999"})

    assert answer.status_code == 422
    assert "Select the ward that the building stands in" in words(answer)


async def test_months_that_are_no_year_are_refused_beside_the_last_day(applicant: Applicant) -> None:
    answer = await applicant.send("energy/new", {**FUEL, "period_end-year": "2018", "period_end-month": "12"})

    assert answer.status_code == 422
    assert "the period is 275 days" in words(answer)
    assert '<a href="#period_end-day">' in answer.text


async def test_a_saving_both_in_per_cent_and_in_kwh_is_refused(applicant: Applicant) -> None:
    await applicant.save("measures/new", WORKS)

    answer = await applicant.send("measures/1/saving", {**SAVING, "saved_kwh": "12000"})

    assert answer.status_code == 422
    assert "give the saving in per cent or in kWh a year, not both" in words(answer)


async def test_a_grant_above_what_may_be_asked_for_is_refused_with_the_figure(applicant: Applicant) -> None:
    for rest, answers in SECTIONS.items():
        if rest != "match-funding/request":
            await applicant.save(rest, answers)

    answer = await applicant.send("match-funding/request", {"requested_pence": "30000.01"})

    assert answer.status_code == 422
    assert "You can ask for at most £30,000.00" in words(answer)
    assert 'value="30000.01"' in answer.text


async def test_costs_that_shrink_afterwards_make_the_request_a_problem_of_the_task_list(
    applicant: Applicant,
) -> None:
    await applicant.answer_everything()

    await applicant.save("costs/1", {**COST, "net_pence": "20000", "vat_pence": "4000"})

    tasks = await applicant.read()
    assert "There is a problem" in tasks
    assert "Complete the section above first" in tasks
    assert (await applicant.browser.open(applicant.path("send"))).headers["location"] == applicant.path()


async def test_an_incomplete_draft_is_saved_and_can_be_taken_up_again(applicant: Applicant) -> None:
    await applicant.save("measures/new", WORKS)

    again = await applicant.read("measures")

    assert "Insulation" in again
    assert "enter the saving in per cent of the fuel's use, or in kWh a year" in again
    assert "You have completed 0 of 6 sections" in await applicant.read()


async def test_another_applicants_pages_are_not_found(applicant: Applicant, stranger: Applicant) -> None:
    await applicant.answer_everything()

    stranger.application_id = applicant.application_id

    for rest in ("", "who", "costs", "costs/1", "check", "send", "saving", "offer", "claims", "savings"):
        assert (await stranger.browser.open(stranger.path(rest))).status_code == 404, rest
    hidden = hidden_fields(await stranger.browser.open("/applicant/organisations/new"))
    sent = await stranger.browser.client.post(
        stranger.path("who"), data={**hidden, **SECTIONS["who"], "version": "0"}, headers=OWN_ORIGIN
    )
    assert sent.status_code == 404


async def test_a_row_or_page_that_does_not_exist_is_not_found(applicant: Applicant) -> None:
    for rest in ("costs/7", "costs/zero", "costs/0", "measures/1/nothing", "costs/3/remove"):
        assert (await applicant.browser.open(applicant.path(rest))).status_code == 404, rest


async def test_a_form_without_its_token_is_refused_and_saves_nothing(applicant: Applicant) -> None:
    hidden = hidden_fields(await applicant.browser.open(applicant.path("who")))

    answer = await applicant.browser.client.post(
        applicant.path("who"), data={**hidden, **SECTIONS["who"], "csrf_token": "x"}, headers=OWN_ORIGIN
    )

    assert answer.status_code == 403
    assert (await applicant.draft())["sections"]["who"] is None


async def test_after_the_session_has_ended_what_was_typed_is_shown_and_the_way_back(
    applicant: Applicant,
) -> None:
    here = applicant.path("building/use")
    hidden = hidden_fields(await applicant.browser.open(here))
    applicant.browser.client.cookies.clear()

    answer = await applicant.browser.client.post(
        here,
        data={**hidden, **SECTIONS["building/use"], "use": "Concerts & a nursery"},
        headers={**OWN_ORIGIN, "referer": f"http://test{here}"},
    )

    assert answer.status_code == 401
    assert "You were signed out before this was saved" in words(answer)
    assert "Concerts & a nursery" in words(answer)
    assert f"/sign-in?next={here.replace('/', '%2F')}" in answer.text


async def test_what_people_type_is_never_part_of_the_page(applicant: Applicant) -> None:
    script = "<script>alert(1)</script>"
    await applicant.save("costs/new", {**COST, "description": script})
    await applicant.save("building/use", {**SECTIONS["building/use"], "use": script})

    for rest in ("costs", "costs/1", "costs/1/remove", "check", "building/use"):
        assert script not in (await applicant.browser.open(applicant.path(rest))).text, rest


async def test_the_request_may_be_typed_with_a_pound_sign_and_commas(applicant: Applicant) -> None:
    await applicant.answer_everything(**{"match-funding/request": {"requested_pence": "£29,999.50"}})

    assert (await applicant.draft())["sections"]["match_funding"]["requested_pence"] == 29_999_50
