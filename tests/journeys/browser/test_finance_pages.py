"""Finance's pages in a browser: accessible, and fitting a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from services.portal.identity import people
from services.portal.layout.templates import STATIC
from tests.support.browser import DESKTOP, browsing
from tests.support.council import council as five_services
from tests.support.council import served
from tests.support.events import ISLINGTON, an_id
from tests.support.events.ids import APPLICATION_ID, CLAIM_ID
from tests.support.looking import Looker
from tests.support.officer import make_a_claim_payable
from tests.support.people import OFFICER, PAYMENT_APPROVER, PAYMENT_REQUESTER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.council import Council

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (STATIC / "build").exists(), reason="no styles: python -m deploy.local.frontend builds them"
    ),
]

OF_IT = f"organisation={quote(ISLINGTON)}"
FILE_ID, NEXT_ID, PAYMENT_ID, SECOND_ID, BATCH_ID, RETURN_ID = (
    an_id(name) for name in ("file", "next file", "payment", "second", "batch", "return")
)
FIRST_FILE = b"""Document number,Posting date,Amount,Reference,Description
5001,03/09/2019,-88596.00,P2018/2269/FUL-da,Section 106 income
5002,04/09/2019,-25.00,MON1,Monitoring fee of another service
5003,05/09/2019,17.50,JNL,Bank charge
5004,31/02/2019,1.00,x,A day that does not exist
"""
NEXT_FILE = b"Number;Day;Value\r\n1;30/09/2019;5,00\r\n"
PAGES = {
    "payments": "/finance/payments",
    "refusal": f"/finance/payments/{SECOND_ID}/refuse",
    "refused": f"/finance/payments/{PAYMENT_ID}",
    "payment-files": "/finance/payment-files",
    "payment-return": f"/finance/payment-files/returns/{RETURN_ID}",
    "supplier": f"/finance/payment-files/supplier?{OF_IT}&grantee=Hall",
    "accounts": "/finance/accounts",
    "statement": f"/finance/accounts/{ISLINGTON}/available?span=2019",
    "periods": "/finance/periods",
    "close": f"/finance/periods/{ISLINGTON}/month/2019-10-01/close",
    "general-ledger": f"/finance/general-ledger?{OF_IT}",
    "general-ledger-file": f"/finance/general-ledger/files/{NEXT_ID}",
    "general-ledger-imported": f"/finance/general-ledger/files/{FILE_ID}",
    "general-ledger-match": f"/finance/general-ledger/match?{OF_IT}",
    "general-ledger-lines": f"/finance/general-ledger/lines?{OF_IT}",
    "general-ledger-missing": f"/finance/general-ledger/missing?{OF_IT}",
    "general-ledger-month": f"/finance/general-ledger/months/2019-09-01?{OF_IT}",
    "year-end": "/finance/year-end?year=2019",
}


@pytest.fixture
async def address(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    async with five_services(postgres_url, tmp_path_factory.mktemp("files")) as council:
        await _fill(council)
        async with served(council) as address:
            yield address


async def test_every_page_of_finance_is_accessible_and_fits(address: str) -> None:
    async with browsing(width=DESKTOP) as page:
        looker = Looker(page, address, "finance")
        await looker.sign_in(people.PAYMENT_APPROVER)
        for name, path in PAGES.items():
            await looker.look(name, path)
        await page.goto(f"{address}/finance/general-ledger/lines?{OF_IT}")
        await looker.press("Save the decision")
        await looker.look("general-ledger-lines-wrong")


async def _fill(council: Council) -> None:
    """A payment refused and one handed over, September 2019 closed, and two files of the general ledger."""
    await make_a_claim_payable(council)
    post = council.contributions.post
    request = {"application_id": str(APPLICATION_ID), "claim_id": str(CLAIM_ID), "requested_on": "2021-03-16"}
    await post("/payments", PAYMENT_REQUESTER, {"payment_id": str(PAYMENT_ID), **request})
    refusal = {"refused_on": "2021-03-17", "reason": "The invoice is made out to another parish."}
    await post(f"/payments/{PAYMENT_ID}/refuse", PAYMENT_APPROVER, refusal)
    await post("/payments", PAYMENT_REQUESTER, {"payment_id": str(SECOND_ID), **request})
    await post(f"/payments/{SECOND_ID}/approve", PAYMENT_APPROVER, {"approved_on": "2021-03-18"})
    [supplier] = (await council.contributions.get("/payment-files", OFFICER))["suppliers"]
    number = {"organisation": ISLINGTON, "grantee": supplier["grantee"], "supplier_number": "100482"}
    await post("/suppliers", PAYMENT_REQUESTER, number)
    await post("/payment-files", PAYMENT_REQUESTER, {"batch_id": str(BATCH_ID), "organisation": ISLINGTON})
    returned = {"file": ("back.csv", b"Payment reference,Voucher,Date paid\nOF9,V-1,x\n", "text/csv")}
    fields = {"return_id": str(RETURN_ID), "organisation": ISLINGTON}
    await post("/payment-returns", PAYMENT_REQUESTER, files=returned, data=fields)
    await post(
        "/periods", PAYMENT_APPROVER, {"organisation": ISLINGTON, "kind": "month", "first_on": "2019-09-01"}
    )
    for file_id, content in ((FILE_ID, FIRST_FILE), (NEXT_ID, NEXT_FILE)):
        files = {"file": ("gl.csv", content, "text/csv")}
        fields = {"file_id": str(file_id), "organisation": ISLINGTON}
        await post("/general-ledger/files", PAYMENT_REQUESTER, files=files, data=fields)
    await post(f"/general-ledger/files/{FILE_ID}/import", PAYMENT_REQUESTER)
