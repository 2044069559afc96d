"""The pages of finance: payments, and whether the books balance."""

from fastapi import APIRouter, Response

from services.portal.finance import payments
from services.portal.finance.drawing import pages as drawing
from services.portal.finance.general_ledger import months
from services.portal.finance.general_ledger import pages as general_ledger
from services.portal.finance.interest import pages as interest
from services.portal.finance.ledger import pages as ledger
from services.portal.finance.payment_files import pages as payment_files
from services.portal.finance.periods import pages as periods
from services.portal.finance.refunds import pages as refunds
from services.portal.finance.year_end import pages as year_end
from services.portal.identity.pages_rule import Page
from services.portal.layout.csv_files import csv_response
from services.portal.officer.books import TrialBalance
from services.portal.officer.pots import in_pounds
from services.portal.officer.rules import RegisterPage
from services.portal.officer.showing import show
from services.portal.officer.words import ACCOUNTS, in_words

router = APIRouter(include_in_schema=False)
for part in (payments, payment_files, ledger, periods, general_ledger, months, year_end):
    router.include_router(part.router)
for of_pots in (refunds, interest, drawing):
    router.include_router(of_pots.router)


@router.get("/finance/books")
async def show_trial_balance(page: RegisterPage) -> Response:
    """Whether every entry has its counterpart, said in words, and every account."""
    return show(page, "finance/books.html", balance=await _read(page))


@router.get("/finance/books/trial-balance.csv")
async def download_trial_balance(page: RegisterPage) -> Response:
    """The accounts as a file."""
    balance = await _read(page)
    rows = [(in_words(line.account, ACCOUNTS), in_pounds(line.total_pence)) for line in balance.accounts]
    rows.append(("Total", in_pounds(balance.total_pence)))
    return csv_response("trial-balance.csv", ("Account", "Sum, £"), rows)


async def _read(page: Page) -> TrialBalance:
    told = TrialBalance.model_validate(await page.services.contributions.get("/trial-balance"))
    places = {account: place for place, account in enumerate(ACCOUNTS)}
    in_order = sorted(told.accounts, key=lambda line: places.get(line.account, len(places)))
    return told.model_copy(update={"accounts": tuple(in_order)})
