"""Assessors declare, read, score, check and send, page by page."""

import httpx2

from services.portal.identity.people import (
    DECISION_MAKER,
    FIRST_ASSESSOR,
    HALL_SECRETARY,
    OFFICER,
    SECOND_ASSESSOR,
)
from tests.support.events import APPLICATION_ID
from tests.support.one_case import HERE, JUSTIFICATION, Case
from tests.support.portal import OWN_ORIGIN, Browser, hidden_fields, words

SCORES = f"{HERE}/scores"
INTEREST = f"{HERE}/interest"
TYPED = {
    f"{part}_{place}": value
    for place, score in enumerate(("5", "4", "0"))
    for part, value in (("score", score), ("justification", JUSTIFICATION))
}


async def declare(browser: Browser, answer: str = "none", nature: str = "") -> httpx2.Response:
    return await browser.send(INTEREST, {"has_interest": answer, "nature": nature})


async def press(browser: Browser, page: httpx2.Response, path: str, step: str) -> httpx2.Response:
    """Press a button of a page to check, which carries what was typed in hidden fields."""
    data = {**hidden_fields(page), "step": step}
    return await browser.client.post(path, data=data, headers=OWN_ORIGIN)


async def test_the_list_says_what_to_do_next_with_each_application(case: Case) -> None:
    await case.submitted()

    page = await (await case.signed_in(FIRST_ASSESSOR)).read("/assessor")

    assert "COF-2019-0001" in page
    assert "Old Street Community Hall" in page
    assert "Say whether you have an interest for COF-2019-0001" in page
    assert "30,000" not in page


async def test_an_empty_list_says_so(case: Case) -> None:
    page = await (await case.signed_in(FIRST_ASSESSOR)).read("/assessor")

    assert "There is nothing for you to do." in page


async def test_an_application_leads_first_to_the_declaration(case: Case) -> None:
    await case.submitted()
    browser = await case.signed_in(FIRST_ASSESSOR)

    answer = await browser.open(HERE)

    assert (answer.status_code, answer.headers["location"]) == (303, INTEREST)
    page = await browser.read(INTEREST)
    assert "You will not see the application. Others assess it." in page


async def test_without_an_interest_the_assessor_reads_facts_words_costs_energy_and_saving(case: Case) -> None:
    await case.submitted()
    browser = await case.signed_in(FIRST_ASSESSOR)

    answer = await declare(browser)
    await case.settle()

    assert (answer.status_code, answer.headers["location"]) == (303, HERE)
    page = await browser.read(HERE)
    assert "Quotes given: 1; the fund asks for 1." in page
    assert "Lunch club, nursery and dance classes, six days a week." in page
    assert "Loft and wall insulation £50,000.00 £10,000.00" in page
    assert "48,000.00 kWh" in page
    assert "Source: Quote of A. Builder, page 3" in page
    assert "Score this application" in page
    assert "ann@example.org" not in page


async def test_until_applications_has_heard_of_the_declaration_the_page_says_so(case: Case) -> None:
    await case.submitted()
    browser = await case.signed_in(FIRST_ASSESSOR)
    await declare(browser)

    page = await browser.read(HERE)

    assert "The application will be here in a moment: reload this page." in page
    assert "£30,000.00" in page


async def test_with_an_interest_nothing_can_be_read_and_the_list_says_that_others_assess_it(
    case: Case,
) -> None:
    await case.submitted()
    browser = await case.signed_in(FIRST_ASSESSOR)

    answer = await declare(browser, "interest", "My sister is a trustee of the hall.")
    await case.settle()

    assert answer.headers["location"] == "/assessor?done=interest"
    assert "Your interest is recorded." in await browser.read("/assessor?done=interest")
    assert "Others assess it" in await browser.read("/assessor")
    refused = await browser.open(HERE)
    assert refused.status_code == 403
    assert "You have declared an interest in this application" in words(refused)
    assert (await browser.open(SCORES)).status_code == 403


async def test_an_interest_that_is_found_after_reading_can_still_be_declared(case: Case) -> None:
    await case.submitted()
    browser = await case.signed_in(FIRST_ASSESSOR)
    await declare(browser)

    answer = await declare(browser, "interest")

    assert answer.headers["location"] == "/assessor?done=interest"
    assert (await browser.open(HERE)).status_code == 403


async def test_no_answer_to_the_declaration_is_said_beside_the_question(case: Case) -> None:
    await case.submitted()
    browser = await case.signed_in(FIRST_ASSESSOR)

    answer = await browser.send(INTEREST, {"nature": "My sister is a trustee."})

    assert answer.status_code == 422
    assert "<title>Error: " in answer.text.replace("\n", "").replace("<title> ", "<title>")
    assert words(answer).count("Select whether you have an interest in this application") == 2
    assert "My sister is a trustee." in words(answer)


async def test_an_interest_that_contradicts_itself_is_said_beside_its_box(case: Case) -> None:
    await case.submitted()
    browser = await case.signed_in(FIRST_ASSESSOR)

    answer = await declare(browser, "none", "My sister is a trustee.")

    assert answer.status_code == 422
    assert 'href="#nature"' in answer.text


async def test_an_unknown_application_is_not_found(case: Case) -> None:
    browser = await case.signed_in(FIRST_ASSESSOR)

    answer = await browser.open(INTEREST)

    assert answer.status_code == 404
    assert "Choose one from the list." in words(answer)


async def test_scores_are_shown_to_be_checked_before_they_stand(case: Case) -> None:
    await case.submitted()
    browser = await case.signed_in(FIRST_ASSESSOR)
    await declare(browser)
    await case.settle()

    check = await browser.send(SCORES, TYPED)

    assert check.status_code == 200
    assert "Once sent, scores stand: you cannot change them." in words(check)
    assert await case.assessment.rows("SELECT * FROM score") == []
    change = await press(browser, check, SCORES, "change")
    assert change.text.count(JUSTIFICATION) == 3
    assert change.headers["cache-control"] == "private, no-cache"


async def test_sent_scores_are_recorded_once_however_often_the_button_is_pressed(case: Case) -> None:
    await case.submitted()
    browser = await case.signed_in(FIRST_ASSESSOR)
    await declare(browser)
    check = await browser.send(SCORES, TYPED)

    first = await press(browser, check, SCORES, "send")
    second = await press(browser, check, SCORES, "send")
    await case.settle()

    assert first.headers["location"] == second.headers["location"] == f"{HERE}?done=scores"
    (row,) = await case.assessment.rows("SELECT count(*) AS rows FROM score")
    assert row["rows"] == 3
    page = await browser.read(HERE)
    assert "Your scores" in page
    assert "74.00" in page
    assert "Score this application" not in page


async def test_the_form_opened_again_after_sending_leads_to_what_was_given(case: Case) -> None:
    await case.submitted()
    await case.score(FIRST_ASSESSOR, 5, 4, 3)
    browser = await case.signed_in(FIRST_ASSESSOR)

    answer = await browser.open(SCORES)

    assert (answer.status_code, answer.headers["location"]) == (303, HERE)


async def test_sending_again_from_an_old_page_says_that_scores_stand(case: Case) -> None:
    await case.submitted()
    browser = await case.signed_in(FIRST_ASSESSOR)
    await declare(browser)
    check = await browser.send(SCORES, TYPED)
    await press(browser, await browser.send(SCORES, TYPED), SCORES, "send")

    answer = await press(browser, check, SCORES, "send")

    assert answer.status_code == 422
    assert "You have scored this application; scores stand." in words(answer)
    assert answer.text.count(JUSTIFICATION) >= 3


WRONG = (
    ({"score_1": ""}, "#score_1", "Select a score for “Use by the community”"),
    ({"score_1": "6"}, "#score_1", "Select a score for “Use by the community”"),
    ({"justification_2": " "}, "#justification_2", "Enter why you gave this score for “Ready to begin”"),
    ({"justification_0": "x" * 2001}, "#justification_0", "must be 2,000 characters or less"),
    ({"justification_0": "a\x07b"}, "#justification_0", "holds characters that cannot be seen"),
)


async def test_what_is_missing_or_wrong_is_said_beside_its_criterion_and_nothing_typed_is_lost(
    case: Case,
) -> None:
    await case.submitted()
    browser = await case.signed_in(FIRST_ASSESSOR)
    await declare(browser)

    for changes, target, message in WRONG:
        answer = await browser.send(SCORES, {**TYPED, **changes, "step": "send"})

        assert answer.status_code == 422
        assert f'href="{target}"' in answer.text
        assert message in words(answer)
        assert answer.text.count(JUSTIFICATION) >= 2
    assert await case.assessment.rows("SELECT * FROM score") == []


async def test_nobody_sees_the_other_assessors_scores_before_the_decision(case: Case) -> None:
    await case.scored()
    browser = await case.signed_in(SECOND_ASSESSOR)

    page = await browser.read(HERE)

    assert "Your scores" in page
    assert "Tomasz Nowak" in page
    assert "Helen Marsh" not in page
    assert "Mean weighted score" not in page


async def test_what_an_applicant_wrote_cannot_run_in_a_page(case: Case) -> None:
    await case.submitted()
    browser = await case.signed_in(FIRST_ASSESSOR)
    await declare(browser)

    check = await browser.send(SCORES, {**TYPED, "justification_0": "<script>alert(1)</script>"})

    assert "<script>alert(1)" not in check.text
    assert "<script>alert(1)</script>" in hidden_fields(check).values()


async def test_only_assessors_may_open_their_pages(case: Case) -> None:
    for person in (OFFICER, HALL_SECRETARY, DECISION_MAKER):
        browser = await case.signed_in(person)
        for path in ("/assessor", HERE, INTEREST, SCORES):
            assert (await browser.open(path)).status_code == 403, (person.name, path)


async def test_a_form_without_the_token_of_its_session_is_refused(case: Case) -> None:
    await case.submitted()
    browser = await case.signed_in(FIRST_ASSESSOR)

    answer = await browser.client.post(INTEREST, data={"has_interest": "none"}, headers=OWN_ORIGIN)

    assert answer.status_code == 403
    assert await case.assessment.rows("SELECT * FROM interest") == []


async def test_while_assessment_is_away_the_page_says_so(case: Case) -> None:
    browser = await case.signed_in(FIRST_ASSESSOR)
    case.council.portal.app.state.clients._clients["assessment"] = httpx2.AsyncClient(
        base_url="http://127.0.0.1:1"
    )

    answer = await browser.open("/assessor")

    assert answer.status_code == 503
    assert "assessments and decisions cannot be reached just now" in words(answer)
    assert str(APPLICATION_ID) not in words(answer)
