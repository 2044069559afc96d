"""After the application was sent: decision, offer, claims, and what was measured."""

from decimal import Decimal

from tests.support.applicant import Applicant, on
from tests.support.fund_staff import DECLINED, REASONS, WAY_FORWARD, FundStaff
from tests.support.portal import words

PDF = b"%PDF-1.4 an invented invoice"
CLAIM = {"milestone": "Roof insulated", "amount_pence": "30,000", **on("claimed_on", 8, 3, 2021)}


async def evidence_id(sender: Applicant, name: str = "invoice.pdf", content: bytes = PDF) -> str:
    await sender.save("evidence", {}, files={"file": (name, content, "application/pdf")})
    return str((await sender.draft())["evidence"][-1]["evidence_id"])


async def test_the_date_may_not_be_later_than_today_and_the_declaration_must_be_made(
    applicant: Applicant,
) -> None:
    await applicant.answer_everything()

    answer = await applicant.send("send", on("submitted_on", 1, 1, 2090))

    assert answer.status_code == 422
    assert "Confirm that your answers are true and complete" in words(answer)
    assert "Date of the application must be today or in the past" in words(answer)
    assert (await applicant.draft())["status"] == "draft"


async def test_a_date_before_the_fund_opened_is_refused_beside_the_date(applicant: Applicant) -> None:
    await applicant.answer_everything()

    answer = await applicant.send("send", {"declaration": "yes", **on("submitted_on", 31, 12, 2018)})

    assert answer.status_code == 422
    assert "takes applications from 1 January 2019" in words(answer)
    assert '<a href="#submitted_on-day">' in answer.text


async def test_a_declined_application_shows_the_reasons_and_the_way_forward(
    sender: Applicant, staff: FundStaff
) -> None:
    await staff.decline()

    page = await sender.read()

    assert "Not awarded" in page
    assert DECLINED in page
    assert WAY_FORWARD in page


async def test_an_award_without_money_says_what_is_lacking(sender: Applicant, staff: FundStaff) -> None:
    await staff.award()

    page = await sender.read()

    assert "there is not enough money for it at present" in page
    assert "lack £30,000.00" in page


async def test_the_grant_is_offered_accepted_claimed_verified_paid_and_measured(
    sender: Applicant, staff: FundStaff
) -> None:
    await staff.receive()
    await staff.award()
    assert REASONS in await sender.read()
    assert "2,206.2 kgCO2e" in await sender.read("offer")
    early = await sender.send("offer/accept", {"confirmed": "yes", **on("accepted_on", 13, 11, 2019)})
    assert "The grant was decided on 14 November 2019" in words(early)
    await sender.save("offer/accept", {"confirmed": "yes", **on("accepted_on", 2, 12, 2019)})
    assert "Nothing has been measured yet" in await sender.read("savings")

    file = await evidence_id(sender)
    await _wrong_claims(sender, file)
    await sender.save("claims/new", {**CLAIM, "evidence_ids": file})
    assert "Waiting to be verified" in await sender.read("claims")
    await sender.council.settle()
    await staff.verify_and_pay()

    claims = await sender.read("claims")
    assert "Paid on 24 March 2021" in claims
    assert "The whole grant has been claimed." in claims
    await staff.measure(saved_kg_co2e=Decimal("2014.76"))
    assert "2,014.8 kgCO2e, plus or minus" in await sender.read("savings")
    file = (await sender.browser.open(sender.path("savings.csv"))).text
    assert "2021-04-02,2022-04-01,2206.20,2014.76" in file
    await sender.council.nothing_is_set_aside()


async def _wrong_claims(sender: Applicant, file: str) -> None:
    """An .exe renamed, no file, an empty one, one too large, more than the grant, a day before it."""
    renamed = await sender.send(
        "evidence", {}, files={"file": ("invoice.pdf", b"MZ\x90\0", "application/pdf")}
    )
    assert renamed.status_code == 422
    assert "This is not a PDF, PNG or JPEG file." in words(renamed)
    assert '<a href="#file">' in renamed.text
    large = await sender.send(
        "evidence", {}, files={"file": ("plan.pdf", b"%PDF-" + bytes(10 * 1024 * 1024), "application/pdf")}
    )
    assert "must be smaller than 10MB" in words(large)
    none = await sender.send("evidence", {})
    assert "Select a file that shows what was done" in words(none)
    above = await sender.send("claims/new", {**CLAIM, "amount_pence": "30,000.01", "evidence_ids": file})
    assert above.status_code == 422
    assert "only £30,000.00 is left. Claim that or less." in words(above)
    assert 'value="30,000.01"' in above.text
    before = await sender.send("claims/new", {**CLAIM, "evidence_ids": file, **on("claimed_on", 1, 12, 2019)})
    assert "The grant was accepted on 2 December 2019" in words(before)
    bare = await sender.send("claims/new", CLAIM)
    assert "Select at least one file that shows it" in words(bare)
    assert (await sender.draft())["claims"] == []


async def test_a_declined_offer_is_declined_once_and_for_good(sender: Applicant, staff: FundStaff) -> None:
    await staff.receive()
    await staff.award()

    await sender.save("offer/decline", {"confirmed": "yes", **on("declined_on", 2, 12, 2019)})

    assert "You declined the grant." in await sender.read()
    for rest in ("offer/accept", "offer/decline", "claims", "evidence"):
        assert (await sender.browser.open(sender.path(rest))).headers["location"] == sender.path(), rest


async def test_evidence_is_saved_by_the_browser_never_shown_as_a_page(
    sender: Applicant, staff: FundStaff
) -> None:
    await staff.receive()
    await staff.award()
    await sender.save("offer/accept", {"confirmed": "yes", **on("accepted_on", 2, 12, 2019)})

    file = await evidence_id(sender, "../../<b>bill</b>.pdf")
    answer = await sender.browser.open(sender.path(f"evidence/{file}"))

    assert answer.content == PDF
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<b>bill" not in (await sender.browser.open(sender.path("evidence"))).text
