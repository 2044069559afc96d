"""The end of a financial year: trial balance, receipts in advance, accrued, commitments, returned."""

from collections.abc import Iterator, Sequence
from datetime import date

from fastapi import APIRouter, Response

from services.portal.finance.ledger.books import Account, Accounts
from services.portal.finance.ledger.spans import Span, year_of
from services.portal.finance.ledger.spans import year as year_from
from services.portal.finance.people import names_of
from services.portal.finance.year_end.books import YearEnd
from services.portal.identity.pages_rule import Page
from services.portal.layout.csv_files import Cell, csv_response
from services.portal.officer.pots import in_pounds
from services.portal.officer.rules import RegisterPage
from services.portal.officer.showing import show
from services.portal.officer.words import ACCOUNTS, in_words, today
from shared.errors import Invalid

router = APIRouter(include_in_schema=False)

START = "/finance/year-end"
HEADINGS = ("Figure", "Reference", "With whom", "Date", "Amount, £")
EARLIEST, LATEST = 1947, 9997


@router.get(START)
async def show_year(page: RegisterPage, organisation: str = "", year: str = "") -> Response:
    """The last financial year that is over, or the one chosen."""
    accounts = await _accounts(page)
    organisations = list(dict.fromkeys(each.organisation for each in accounts))
    chosen = organisation if organisation in organisations else next(iter(organisations), "")
    span = _span(year)
    told = await _year(page, chosen, span) if chosen else None
    return show(
        page,
        "finance/year_end.html",
        organisations=organisations,
        chosen=chosen,
        span=span,
        years=list(_years(accounts)),
        end=told,
        account_words=ACCOUNTS,
        names=names_of(page),
    )


@router.get(f"{START}/year-end.csv")
async def download_year(page: RegisterPage, organisation: str, year: str = "") -> Response:
    """Every figure with the list behind it, as one file."""
    span = _span(year)
    rows = list(_rows(await _year(page, organisation, span)))
    return csv_response(f"year end {span.value}.csv", HEADINGS, rows)


def _rows(end: YearEnd) -> Iterator[Sequence[Cell]]:
    for line in end.trial_balance:
        yield (
            "Trial balance",
            in_words(line.account, ACCOUNTS),
            None,
            end.last_on,
            in_pounds(line.total_pence),
        )
    yield ("Trial balance", "Total", None, end.last_on, in_pounds(end.total_pence))
    for pot in end.in_advance:
        yield ("Receipts in advance", pot.reference, None, pot.received_on, in_pounds(pot.amount_pence))
    for owed in end.accrued:
        amount = in_pounds(owed.amount_pence)
        yield ("Accrued", owed.reference, owed.agreement_reference, owed.trigger_met_on, amount)
    for grant in end.grants:
        parts = {
            "Reserved": grant.reserved_pence,
            "Committed": grant.committed_pence,
            "Payments on their way": grant.on_the_way_pence,
        }
        for name, pence in parts.items():
            if pence:
                yield (name, grant.reference, grant.grantee, end.last_on, in_pounds(pence))
    for back in end.returned:
        yield ("Returned", back.reference, back.party, back.booked_on, in_pounds(back.amount_pence))


def _span(year: str) -> Span:
    """The chosen financial year; the last one that is over where none is."""
    if not year:
        return year_from(year_of(today()).first_on.year - 1)
    if not (year.isascii() and year.isdigit() and EARLIEST <= int(year) <= LATEST):
        message = "This is not a financial year. Choose one from the list."
        raise Invalid("year.unknown", message, field="year")
    return year_from(int(year))


def _years(accounts: Sequence[Account]) -> Iterator[Span]:
    first = min((each.first_on for each in accounts), default=today())
    for start in range(
        year_of(today()).first_on.year, year_of(max(first, date(EARLIEST, 4, 1))).first_on.year - 1, -1
    ):
        yield year_from(start)


async def _accounts(page: Page) -> list[Account]:
    return Accounts.validate_python(await page.services.contributions.get("/accounts"))


async def _year(page: Page, organisation: str, span: Span) -> YearEnd:
    path = f"/year-end/{span.first_on.isoformat()}"
    told = YearEnd.model_validate(await page.services.contributions.get(path, organisation=organisation))
    places = {account: place for place, account in enumerate(ACCOUNTS)}
    in_order = sorted(told.trial_balance, key=lambda line: places.get(line.account, len(places)))
    return told.model_copy(update={"trial_balance": tuple(in_order)})
