"""The books, for those who answer for them."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.domain.ledger.accounts import Account
from services.contributions.queries.account_statement import (
    PAGE,
    AccountStatement,
    AccountView,
    Asked,
    account_statement,
    list_accounts,
)
from services.contributions.queries.trial_balance import TrialBalance, trial_balance
from services.contributions.queries.year_end import YearEnd, year_end
from shared.errors import Invalid
from shared.web import View, reads

router = APIRouter(tags=["books"])

LONGEST_PAGE = 2_000


@router.get("/trial-balance")
async def get_trial_balance(
    view: Annotated[View, reads(*REGISTER_READERS)],
) -> TrialBalance:
    """Whether every entry has its counterpart and every balance is the sum of its entries."""
    return await trial_balance(view.session)


@router.get("/accounts")
async def get_accounts(view: Annotated[View, reads(*REGISTER_READERS)]) -> list[AccountView]:
    """Every account that has entries, by organisation, with its balance."""
    return await list_accounts(view.session)


@router.get("/accounts/{account}/statement")
async def get_account_statement(
    account: Account,
    view: Annotated[View, reads(*REGISTER_READERS)],
    organisation: str,
    first_on: date,
    last_on: date,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=LONGEST_PAGE)] = PAGE,
) -> AccountStatement:
    """One account from a day to another, both included, like a bank statement, by the days of booking."""
    if last_on < first_on:
        message = "The last day is before the first. Give them the other way round."
        raise Invalid("statement.days_reversed", message, field="last_on")
    asked = Asked(
        organisation=organisation,
        account=account,
        first_on=first_on,
        last_on=last_on,
        cursor=cursor,
        limit=limit,
    )
    return await account_statement(view.session, asked)


@router.get("/year-end/{day}")
async def get_year_end(
    day: date, view: Annotated[View, reads(*REGISTER_READERS)], organisation: str
) -> YearEnd:
    """What the financial year (April to March) that a day lies in ended with, and the lists behind it."""
    return await year_end(view.session, organisation, day)
