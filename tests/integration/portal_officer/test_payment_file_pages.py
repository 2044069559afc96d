"""Payments through the finance system, by page."""

import re

from tests.integration.portal_officer.test_payments import asked_for, on
from tests.support.council import Council
from tests.support.events import ISLINGTON
from tests.support.officer import click_twice, make_a_claim_payable
from tests.support.portal import OWN_ORIGIN, Browser, hidden_fields, words

START = "/finance/payment-files"
BACK = b"Payment reference,Voucher,Date paid\nOF00001-001,V-9,18/03/2021\n"


async def test_a_payment_goes_to_finance_in_a_file_and_comes_back_paid(
    requester: Browser, approver: Browser, council: Council
) -> None:
    await make_a_claim_payable(council)
    payment = await asked_for(requester)
    await approver.send(payment, on("approved_on", 17, 3, 2021), to=f"{payment}/approve")

    listed = await requester.open(START)
    [number] = re.findall(rf'href="{START}/supplier[?]([^"]+)"', listed.text)
    number = number.replace("&amp;", "&")
    wrong = await requester.send(f"{START}/supplier?{number}", {"supplier_number": "=1"})
    await requester.send(f"{START}/supplier?{number}", {"supplier_number": "100482"})
    made = await click_twice(requester, START, {"organisation": ISLINGTON}, to=f"{START}/export")
    page = await requester.open(made.second.headers["location"])
    [address] = re.findall(rf'href="({START}/[^"]+[.]csv)"', page.text)
    file = await requester.open(address)
    returned = await requester.client.post(
        f"{START}/returns",
        data=hidden_fields(page) | {"organisation": ISLINGTON},
        files={"file": ("back.csv", BACK, "text/csv")},
        headers=OWN_ORIGIN,
    )

    assert "None: every approved payment is in a file." in words(page)
    assert words(wrong).count("letters, figures") == 2, words(wrong)
    assert "OF00001-001,100482," in file.text
    assert "OF00001-001 V-9 Paid Recorded as paid." in await requester.read(returned.headers["location"])
    assert "Paid Voucher V-9, 18 March 2021" in await requester.read(payment)


async def test_without_approved_payments_the_page_says_so(requester: Browser) -> None:
    page = await requester.read(START)

    assert "None: every approved payment is in a file." in page
    assert "No grant is accepted yet." in page
