"""Accounts with their balances, and the statement of one over a month, a financial year, or all of it."""

from collections.abc import AsyncIterator, Sequence

from fastapi import APIRouter, Response

from services.portal.finance.ledger.books import Account, Accounts, Entry, Statement
from services.portal.finance.ledger.spans import Span, month, offered, read_span, year_of
from services.portal.finance.people import names_of
from services.portal.identity.pages_rule import Page
from services.portal.layout.csv_files import Cell, csv_response
from services.portal.officer.pots import in_pounds
from services.portal.officer.rules import RegisterPage
from services.portal.officer.showing import show
from services.portal.officer.words import ACCOUNTS, MOVEMENTS, in_words, today
from shared.errors import NotFound

router = APIRouter(include_in_schema=False)

START = "/finance/accounts"
ONE = f"{START}/{{organisation}}/{{account}}"
MOST_LINES = 2_000
HEADINGS = (
    *("Booked on", "Happened on", "What happened", "Pot", "Grant", "With whom", "By whom"),
    *("In, £", "Out, £", "Balance, £"),
)


@router.get(START)
async def list_accounts(page: RegisterPage) -> Response:
    """Every account of each organisation, with its balance."""
    accounts = await _accounts(page)
    places = {account: place for place, account in enumerate(ACCOUNTS)}
    in_order = sorted(accounts, key=lambda each: (each.organisation, places.get(each.account, len(places))))
    return show(page, "finance/accounts.html", accounts=in_order, account_words=ACCOUNTS)


@router.get(ONE)
async def show_statement(
    page: RegisterPage, organisation: str, account: str, span: str = "", cursor: str | None = None
) -> Response:
    """Opening balance, each movement with the balance after it, closing balance; totals by month and year."""
    its = await _account(page, organisation, account)
    chosen = read_span(span) if span else year_of(today())
    statement = await _statement(page, its, chosen, cursor=cursor)
    return show(
        page,
        "finance/statement.html",
        statement=statement,
        chosen=chosen,
        spans=list(offered(its.first_on, max(its.last_on, today()))),
        cursor=cursor,
        names=names_of(page),
        account_words=ACCOUNTS,
        month_name=lambda first_on: month(first_on).name,
        year_name=lambda first_on: year_of(first_on).name,
    )


@router.get(f"{ONE}/statement.csv")
async def download_statement(page: RegisterPage, organisation: str, account: str, span: str = "") -> Response:
    """The entries of the time as a file, all of them."""
    its = await _account(page, organisation, account)
    chosen = read_span(span) if span else year_of(today())
    names = names_of(page)
    rows = [_row(entry, names) async for entry in _every_entry(page, its, chosen)]
    return csv_response(f"{account} {chosen.value}.csv", HEADINGS, rows)


def _row(entry: Entry, names: dict[str, str]) -> Sequence[Cell]:
    amount = in_pounds(entry.amount_pence)
    return (
        entry.booked_on,
        entry.happened_on,
        in_words(entry.kind, MOVEMENTS),
        entry.reference,
        entry.grant_reference,
        entry.party,
        names.get(entry.actor, "An event" if entry.caused_by_event else entry.actor),
        amount if amount > 0 else None,
        -amount if amount < 0 else None,
        in_pounds(entry.balance_pence),
    )


async def _every_entry(page: Page, account: Account, span: Span) -> AsyncIterator[Entry]:
    cursor: str | None = None
    while True:
        part = await _statement(page, account, span, cursor=cursor, limit=MOST_LINES)
        for entry in part.lines:
            yield entry
        cursor = part.next_cursor
        if cursor is None:
            return


async def _statement(
    page: Page, account: Account, span: Span, *, cursor: str | None = None, limit: int | None = None
) -> Statement:
    told = await page.services.contributions.get(
        f"/accounts/{account.account}/statement",
        organisation=account.organisation,
        first_on=span.first_on.isoformat(),
        last_on=span.last_on.isoformat(),
        cursor=cursor,
        limit=limit,
    )
    return Statement.model_validate(told)


async def _accounts(page: Page) -> list[Account]:
    return Accounts.validate_python(await page.services.contributions.get("/accounts"))


async def _account(page: Page, organisation: str, account: str) -> Account:
    for each in await _accounts(page):
        if (each.organisation, each.account) == (organisation, account):
            return each
    raise NotFound("account.not_found", "There is no such account with entries. Choose one from the list.")
