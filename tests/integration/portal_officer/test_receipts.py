"""Recording a receipt: typed, looked at once more, recorded once, confirmed with its pot and trace."""

from typing import Any

import pytest

from tests.support.council import Council
from tests.support.officer import OBLIGATION_PAGE, record_obligation
from tests.support.portal import OWN_ORIGIN, Browser, hidden_fields, words

FORM = f"{OBLIGATION_PAGE}/receipt"
ANSWERS = {
    "amount_pence": "30,000.50",
    "received_on-day": "2",
    "received_on-month": "9",
    "received_on-year": "2019",
}
RECORDED = "SELECT received_pence, received_on, opened_by FROM pot"


async def test_a_receipt_is_looked_at_recorded_and_confirmed_with_its_pot_and_trace(
    officer: Browser, council: Council
) -> None:
    await record_obligation(council)

    look = await officer.send(FORM, ANSWERS)
    check = look.headers["location"]
    page = await officer.read(check)

    assert "Nothing is recorded yet." in page
    assert "Amount received £30,000.50" in page
    assert "Date received 2 September 2019" in page
    assert await council.contributions.rows(RECORDED) == []

    done = await officer.send(check, {}, to=f"{FORM}/check")

    confirmation = await officer.open(done.headers["location"])
    assert "Receipt recorded" in words(confirmation)
    assert "It must be spent by 2 September 2024." in words(confirmation)
    pot_id = str((await council.contributions.rows("SELECT id FROM pot"))[0]["id"])
    assert f'href="/officer/pots/{pot_id}"' in confirmation.text
    assert f'href="/trace/pots/{pot_id}"' in confirmation.text
    await council.settle()
    assert "£30,000.50" in await officer.read(f"/trace/pots/{pot_id}")


async def test_recording_twice_going_back_and_reloading_record_one_receipt(
    officer: Browser, council: Council
) -> None:
    await record_obligation(council)
    check = (await officer.send(FORM, ANSWERS)).headers["location"]

    first = await officer.send(check, {}, to=f"{FORM}/check")
    went_back = await officer.send(check, {}, to=f"{FORM}/check")

    assert first.headers["location"] == went_back.headers["location"]
    assert len(await council.contributions.rows(RECORDED)) == 1


async def test_a_form_that_was_used_before_says_so_when_other_answers_come_from_it(
    officer: Browser, council: Council
) -> None:
    await record_obligation(council)
    check = (await officer.send(FORM, ANSWERS)).headers["location"]
    await officer.send(check, {}, to=f"{FORM}/check")

    changed = await officer.send(check, {"amount_pence": "1.00"}, to=f"{FORM}/check")

    assert changed.status_code == 422
    assert "those are recorded" in words(changed)
    assert len(await council.contributions.rows(RECORDED)) == 1


async def test_the_change_link_leads_back_to_the_form_with_what_was_typed(
    officer: Browser, council: Council
) -> None:
    await record_obligation(council)
    check = await officer.open((await officer.send(FORM, ANSWERS)).headers["location"])

    change = check.text.split("Change<span")[0].split('href="')[-1].split('"')[0].replace("&amp;", "&")
    form = await officer.open(change)

    assert form.status_code == 200
    assert 'value="30,000.50"' in form.text
    assert "There is a problem" not in words(form)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"amount_pence": "1.005"}, "Amount received must be in pounds and whole pence, like 1234.50"),
        ({"amount_pence": "-30000"}, "Amount received must be more than £0"),
        ({"amount_pence": "0.00"}, "Amount received must be more than £0"),
        ({"amount_pence": "thirty"}, "Amount received must be a number, like 1234.50"),
        ({"amount_pence": ""}, "Enter the amount received, like 1234.50"),
        ({"received_on-year": "2126"}, "Date received must be today or in the past"),
        ({"received_on-day": "31", "received_on-month": "2"}, "Date received must be a real date"),
        ({"received_on-year": ""}, "Date received must include a year"),
    ],
)
async def test_a_wrong_answer_is_said_before_anything_is_shown_once_more(
    officer: Browser, council: Council, wrong: dict[str, str], said: str
) -> None:
    await record_obligation(council)

    answer = await officer.send(FORM, {**ANSWERS, **wrong})

    assert answer.status_code == 422
    assert words(answer).count(said) == 2
    assert f'value="{ {**ANSWERS, **wrong}["received_on-day"] }"' in answer.text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"received_on-month": "3"}, "before the deed of 17 April 2019. Check the date."),
        ({"amount_pence": "88596.01"}, "still owed under P2018/2269/FUL-COCM. Check the sum"),
    ],
)
async def test_what_the_books_refuse_is_said_beside_its_field(
    officer: Browser, council: Council, wrong: dict[str, str], said: str
) -> None:
    await record_obligation(council)
    check = (await officer.send(FORM, {**ANSWERS, **wrong})).headers["location"]

    answer = await officer.send(check, {}, to=f"{FORM}/check")

    assert answer.status_code == 422
    assert words(answer).count(said) == 2
    assert await council.contributions.rows(RECORDED) == []


async def test_nothing_is_received_before_its_trigger_is_met(officer: Browser, council: Council) -> None:
    await record_obligation(council, met_on=None)

    assert "Nothing is due yet" in await officer.read(FORM)


async def test_an_address_that_was_changed_by_hand_is_a_form_with_its_errors(
    officer: Browser, council: Council
) -> None:
    await record_obligation(council)

    answer = await officer.open(f"{FORM}/check?amount_pence=-1&received_on-day=<b>&once=x")

    assert answer.status_code == 422
    assert "Amount received must be more than £0" in words(answer)
    assert "<b>" not in answer.text


async def test_a_receipt_without_the_token_of_its_session_is_not_recorded(
    officer: Browser, council: Council
) -> None:
    await record_obligation(council)
    check = await officer.open((await officer.send(FORM, ANSWERS)).headers["location"])
    hidden: dict[str, Any] = {**hidden_fields(check), "csrf_token": "forged"}

    answer = await officer.client.post(f"{FORM}/check", data=hidden, headers=OWN_ORIGIN)

    assert answer.status_code == 403
    assert await council.contributions.rows(RECORDED) == []
