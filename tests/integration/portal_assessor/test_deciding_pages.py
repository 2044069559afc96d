"""Decision-makers see checks and scores, decide once, and see what became of the money."""

import httpx2

from services.portal.identity.people import DECISION_MAKER, FIRST_ASSESSOR, HALL_SECRETARY, SECOND_ASSESSOR
from tests.support.one_case import DECISION, HERE, REASONS, TOO_LITTLE_PENCE, Case
from tests.support.portal import OWN_ORIGIN, Browser, hidden_fields, words

AWARD, DECLINE = f"{DECISION}/award", f"{DECISION}/decline"
DAY = {"decided_on-day": "14", "decided_on-month": "11", "decided_on-year": "2019"}
AWARDED = {"amount_pence": "30,000.00", "reasons": REASONS, **DAY}
DECLINED = {
    "reasons": "The quotes do not cover the works that are described.",
    "way_forward": "Ask the installers for quotes of the same works and apply again.",
    **DAY,
}


async def send(browser: Browser, path: str, typed: dict[str, str]) -> httpx2.Response:
    """Fill the form in, look at the page to check, and press its button."""
    check = await browser.send(path, typed)
    assert check.status_code == 200, words(check)
    return await press(browser, path, check)


async def press(browser: Browser, path: str, check: httpx2.Response) -> httpx2.Response:
    data = {**hidden_fields(check), "step": "send"}
    return await browser.client.post(path, data=data, headers=OWN_ORIGIN)


async def test_scores_are_hidden_until_two_are_in_and_then_stand_side_by_side_with_their_mean(
    case: Case,
) -> None:
    await case.submitted()
    await case.score(FIRST_ASSESSOR, 5, 4, 3)
    browser = await case.signed_in(DECISION_MAKER)

    before = await browser.read(DECISION)
    early = await browser.open(AWARD)
    waiting = await browser.read("/assessor/decisions")
    await case.score(SECOND_ASSESSOR, 4, 4, 2)
    after = await browser.read(DECISION)

    assert "1 of 2 have scored" in waiting
    assert "So far: 1. You see the scores when both are in." in before
    assert "Helen Marsh" not in before
    assert (early.status_code, early.headers["location"]) == (303, DECISION)
    assert "Criterion Weight Helen Marsh Tomasz Nowak" in after
    assert "Mean weighted score: 79.00 out of 100" in after
    assert "Lunch club, nursery and dance classes" in after


async def test_an_award_is_checked_sent_once_and_its_money_reserved(case: Case) -> None:
    await case.received()
    await case.scored()
    browser = await case.signed_in(DECISION_MAKER)
    check = await browser.send(AWARD, AWARDED)

    first, second = await press(browser, AWARD, check), await press(browser, AWARD, check)
    waiting = await browser.read(DECISION)
    await case.settle()

    assert "Award £30,000.00" in words(check)
    assert first.headers["location"] == second.headers["location"] == f"{DECISION}?done=1"
    assert "Their answer will be here in a moment" in waiting
    page = await browser.read(f"{DECISION}?done=1")
    assert "Reserved £30,000.00 is reserved for this grant" in page
    assert "Decided by Ruth Adeyemi" in page
    assert "The decision is recorded and its reasons are published." in page
    assert "Awarded" in await browser.read("/assessor/decisions")
    assert (await browser.open(AWARD)).headers["location"] == DECISION


async def test_an_award_larger_than_all_lawful_pots_shows_the_shortfall(case: Case) -> None:
    await case.received(TOO_LITTLE_PENCE)
    await case.scored()
    browser = await case.signed_in(DECISION_MAKER)

    await send(browser, AWARD, AWARDED)
    await case.settle()

    assert "lack £10,000.00. Nothing was taken, and no offer was made." in await browser.read(DECISION)


async def test_after_the_decision_assessors_see_all_scores_and_the_decision(case: Case) -> None:
    await case.scored()
    await send(await case.signed_in(DECISION_MAKER), AWARD, AWARDED)
    browser = await case.signed_in(FIRST_ASSESSOR)

    page = await browser.read(HERE)

    assert "Scores of all assessors" in page
    assert "Tomasz Nowak" in page
    assert REASONS in page
    assert "The money" not in page


async def test_a_decline_says_why_and_what_the_applicant_can_do_next(case: Case) -> None:
    await case.scored()
    browser = await case.signed_in(DECISION_MAKER)

    answer = await send(browser, DECLINE, DECLINED)

    assert answer.headers["location"] == f"{DECISION}?done=1"
    page = await browser.read(DECISION)
    assert DECLINED["way_forward"] in page
    assert "The money" not in page


async def test_an_application_that_breaks_a_rule_can_only_be_declined_and_needs_no_scores(case: Case) -> None:
    await case.submitted(minimum_quotes=3)
    browser = await case.signed_in(DECISION_MAKER)

    page = await browser.read(DECISION)
    award = await browser.open(AWARD)

    assert "it can only be declined" in page
    assert "Award a grant" not in page
    assert award.headers["location"] == DECISION
    assert (await send(browser, DECLINE, DECLINED)).status_code == 303


WRONG = (
    (AWARD, {"amount_pence": "30000.001"}, "#amount_pence", "must be in pounds and whole pence"),
    (AWARD, {"amount_pence": "0"}, "#amount_pence", "must be more than £0"),
    (AWARD, {"amount_pence": "30000.01"}, "#amount_pence", "The applicant asked for £30,000.00."),
    (AWARD, {"reasons": "Good."}, "#reasons", "in a whole sentence or more"),
    (AWARD, {"decided_on-year": "2018"}, "#decided_on-day", "dated before the application of 1 October"),
    (AWARD, {"decided_on-year": "2999"}, "#decided_on-day", "must be today or in the past"),
    (DECLINE, {"way_forward": ""}, "#way_forward", "Enter what the applicant can do next"),
)


async def test_what_is_wrong_in_a_decision_is_said_beside_its_box_and_nothing_typed_is_lost(
    case: Case,
) -> None:
    await case.scored()
    browser = await case.signed_in(DECISION_MAKER)

    for path, changes, target, message in WRONG:
        typed = {**(AWARDED if path == AWARD else DECLINED), **changes}
        answer = await browser.send(path, {**typed, "step": "send"})

        assert answer.status_code == 422, words(answer)
        assert f'href="{target}"' in answer.text
        assert message in words(answer)
        assert all(value in words(answer) or value in answer.text for value in typed.values())
    assert await case.assessment.rows("SELECT * FROM decision") == []


async def test_a_second_decision_from_an_old_page_is_refused_with_what_to_do(case: Case) -> None:
    await case.scored()
    browser = await case.signed_in(DECISION_MAKER)
    old = await browser.send(DECLINE, DECLINED)
    await send(browser, AWARD, AWARDED)

    answer = await press(browser, DECLINE, old)

    assert answer.status_code == 422
    assert "This application has been decided. Open it again to see the decision." in words(answer)


async def test_only_decision_makers_decide(case: Case) -> None:
    for person in (FIRST_ASSESSOR, HALL_SECRETARY):
        browser = await case.signed_in(person)
        for path in ("/assessor/decisions", DECISION, AWARD, DECLINE):
            assert (await browser.open(path)).status_code == 403, (person.name, path)


async def test_an_outcome_that_there_is_not_is_no_page(case: Case) -> None:
    await case.scored()
    browser = await case.signed_in(DECISION_MAKER)

    assert (await browser.open(f"{DECISION}/postpone")).status_code == 422
