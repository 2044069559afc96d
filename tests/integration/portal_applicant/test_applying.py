"""From the first look to the sent application, page by page."""

from tests.support.applicant import Applicant
from tests.support.portal import words


async def test_the_hall_applies_section_by_section_and_sends(applicant: Applicant) -> None:
    await applicant.answer_everything()

    tasks = await applicant.read()
    check = await applicant.read("check")
    answer = await applicant.send(
        "send",
        {
            "declaration": "yes",
            "submitted_on-day": "1",
            "submitted_on-month": "10",
            "submitted_on-year": "2019",
        },
    )

    assert "You have completed 6 of 6 sections" in tasks
    assert "12,000.00 kWh" in await applicant.read("saving")
    assert "Grant you ask for £30,000.00" in check
    assert answer.status_code == 303
    assert answer.headers["location"] == applicant.path("sent")
    assert "COF-2019-0001" in await applicant.read("sent")
    assert "Sent" in await applicant.browser.read("/applicant")


async def test_anybody_may_check_whether_the_fund_is_for_them(visitor: Applicant) -> None:
    visitor.browser.client.cookies.clear()

    page = await visitor.browser.open("/apply")

    assert "Check whether the fund is for you" in words(page)
    assert "at most £50,000.00" in words(page)
