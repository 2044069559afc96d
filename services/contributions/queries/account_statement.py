"""One account of an organisation over a period, like a bank statement, derived from the ledger's entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.ledger.accounts import SOURCES, Account
from services.contributions.domain.periods.period import month_of, year_of
from shared.errors import Invalid

PAGE = 200
OF_THE_ACCOUNT = """
    FROM ledger_entry e JOIN pot p ON p.id = e.pot_id
    WHERE p.organisation = :organisation AND e.account = :account
"""
MONTHS = text(
    f"""
    SELECT CAST(date_trunc('month', e.booked_on) AS date) AS first_on, count(*) AS entries,
           coalesce(sum(:sign * e.amount_pence) FILTER (WHERE :sign * e.amount_pence > 0), 0) AS in_pence,
           coalesce(-sum(:sign * e.amount_pence) FILTER (WHERE :sign * e.amount_pence < 0), 0) AS out_pence
    {OF_THE_ACCOUNT} AND e.booked_on BETWEEN :first_on AND :last_on GROUP BY 1 ORDER BY 1
    """
)
BROUGHT = text(
    f"""
    SELECT coalesce(sum(:sign * e.amount_pence) FILTER (WHERE e.booked_on < :first_on), 0) AS opening_pence,
           coalesce(sum(:sign * e.amount_pence), 0) AS brought_pence
    {OF_THE_ACCOUNT} AND (e.booked_on, e.position) <= (:after_on, :after_position)
    """
)
LINES = text(
    f"""
    WITH page AS (
        SELECT e.*, :sign * e.amount_pence AS moved_pence
        {OF_THE_ACCOUNT} AND e.booked_on <= :last_on
          AND (e.booked_on, e.position) > (:after_on, :after_position)
        ORDER BY e.booked_on, e.position LIMIT :limit
    )
    SELECT e.position, e.booked_on, e.happened_on, e.recorded_at, e.kind, e.movement_id, e.pot_id,
           o.reference, e.application_id, g.reference AS grant_reference,
           coalesce(e.party, g.grantee) AS party, e.cause, e.cause_id, e.actor, e.moved_pence AS amount_pence,
           :brought_pence + sum(e.moved_pence) OVER (ORDER BY e.booked_on, e.position) AS balance_pence
    FROM page e JOIN pot p ON p.id = e.pot_id JOIN obligation o ON o.id = p.obligation_id
    LEFT JOIN grant_funding g ON g.application_id = e.application_id
    ORDER BY e.booked_on, e.position
    """  # noqa: S608 - only the words above
)
ACCOUNTS = text(
    """
    SELECT p.organisation, e.account, count(*) AS entries, min(e.booked_on) AS first_on,
           max(e.booked_on) AS last_on, sum(e.amount_pence) AS total_pence
    FROM ledger_entry e JOIN pot p ON p.id = e.pot_id GROUP BY p.organisation, e.account
    ORDER BY p.organisation, e.account
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """An account of an organisation, with its balance (above zero, as people say it) and its entries."""

    organisation: str
    account: Account
    entries: int
    first_on: date
    last_on: date
    balance_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One entry: what went in (above zero) or out of the account, why, by whom, and the balance after it.

    `booked_on` is later than `happened_on` where the period was closed when the entry came. The cause is an
    event's id, or the correlation of a person's command; people are opaque ids.
    """

    position: int
    booked_on: date
    happened_on: date | None
    recorded_at: datetime
    kind: str
    movement_id: UUID
    pot_id: UUID
    reference: str
    application_id: UUID | None
    grant_reference: str | None
    party: str | None
    cause: str
    cause_id: UUID
    actor: str
    amount_pence: int
    balance_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodTotal:
    """A month, or a financial year from April, by its first day: what it began with, came, went and left."""

    first_on: date
    entries: int
    opening_pence: int
    in_pence: int
    out_pence: int
    closing_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountStatement:
    """An account from one day to another: opening balance, entries, closing balance, totals, in pence.

    `next_cursor` leads to the next lines; months without an entry are left out of the totals.
    """

    organisation: str
    account: Account
    first_on: date
    last_on: date
    entries: int
    opening_pence: int
    in_pence: int
    out_pence: int
    closing_pence: int
    lines: list[EntryLine]
    months: list[PeriodTotal]
    years: list[PeriodTotal]
    next_cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which account of whom, from and to which day (both included), and after which entry."""

    organisation: str
    account: Account
    first_on: date
    last_on: date
    cursor: str | None = None
    limit: int = PAGE

    @property
    def values(self) -> dict[str, Any]:
        """What the queries ask with; an account that money comes from counts its credits upwards."""
        after_on, after_position = _after(self.cursor, self.first_on)
        return {
            "organisation": self.organisation,
            "account": self.account.value,
            "sign": -1 if self.account in SOURCES else 1,
            "first_on": self.first_on,
            "last_on": self.last_on,
            "after_on": after_on,
            "after_position": after_position,
            "limit": self.limit + 1,
        }


async def list_accounts(session: AsyncSession) -> list[AccountView]:
    """Every account that has entries, by organisation."""
    return [_account(row) for row in (await session.execute(ACCOUNTS)).mappings()]


async def account_statement(session: AsyncSession, asked: Asked) -> AccountStatement:
    """The statement; an account without entries has one too, with nothing in it."""
    values = asked.values
    brought = (await session.execute(BROUGHT, values)).one()
    opening = int(brought.opening_pence)
    found = await session.execute(LINES, {**values, "brought_pence": int(brought.brought_pence)})
    lines = [_line(row) for row in found.mappings()]
    months = _months((await session.execute(MONTHS, values)).all(), opening)
    more = len(lines) > asked.limit
    lines = lines[: asked.limit]
    return AccountStatement(
        organisation=asked.organisation,
        account=asked.account,
        first_on=asked.first_on,
        last_on=asked.last_on,
        entries=sum(month.entries for month in months),
        opening_pence=opening,
        in_pence=sum(month.in_pence for month in months),
        out_pence=sum(month.out_pence for month in months),
        closing_pence=months[-1].closing_pence if months else opening,
        lines=lines,
        months=months,
        years=_years(months),
        next_cursor=f"{lines[-1].booked_on}.{lines[-1].position}" if more else None,
    )


def _after(cursor: str | None, first_on: date) -> tuple[date, int]:
    """The place in the ledger's order that the lines come after."""
    if cursor is None:
        return first_on, 0
    day, _, position = cursor.partition(".")
    try:
        return date.fromisoformat(day), int(position)
    except ValueError as error:
        message = "This is not a cursor of a statement. Take the one that the page before it gave."
        raise Invalid("cursor.unknown", message, field="cursor") from error


def _account(row: Any) -> AccountView:
    account = Account(row["account"])
    total_pence = int(row["total_pence"])
    return AccountView(
        organisation=row["organisation"],
        account=account,
        entries=row["entries"],
        first_on=row["first_on"],
        last_on=row["last_on"],
        balance_pence=-total_pence if account in SOURCES else total_pence,
    )


def _line(row: Any) -> EntryLine:
    sums = {name: int(row[name]) for name in ("amount_pence", "balance_pence")}
    return EntryLine(**{**row, **sums})


def _months(rows: Sequence[Any], opening_pence: int) -> list[PeriodTotal]:
    months: list[PeriodTotal] = []
    for row in rows:
        before = months[-1].closing_pence if months else opening_pence
        came, went = int(row.in_pence), int(row.out_pence)
        months.append(
            PeriodTotal(
                first_on=month_of(row.first_on).first_on,
                entries=row.entries,
                opening_pence=before,
                in_pence=came,
                out_pence=went,
                closing_pence=before + came - went,
            )
        )
    return months


def _years(months: Sequence[PeriodTotal]) -> list[PeriodTotal]:
    grouped: dict[date, list[PeriodTotal]] = {}
    for month in months:
        grouped.setdefault(year_of(month.first_on).first_on, []).append(month)
    return [
        PeriodTotal(
            first_on=first_on,
            entries=sum(month.entries for month in its),
            opening_pence=its[0].opening_pence,
            in_pence=sum(month.in_pence for month in its),
            out_pence=sum(month.out_pence for month in its),
            closing_pence=its[-1].closing_pence,
        )
        for first_on, its in grouped.items()
    ]
