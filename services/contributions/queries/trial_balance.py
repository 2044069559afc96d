"""Whether the books are right: entries that add up to zero, and balances that equal their entries."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.ledger.accounts import BALANCES
from services.contributions.queries.periods import ClosedDifference, closed_differences
from services.contributions.queries.pots import PotView, list_pots
from services.contributions.repository.accounts import balances_of_entries

ACCOUNTS = text(
    "SELECT account, sum(amount_pence) AS total_pence FROM ledger_entry GROUP BY account ORDER BY account"
)
COMPARED = ", ".join(f"('{name}', p.{name}_pence, coalesce(e.{name}, 0))" for name in BALANCES)
POTS = text(
    f"""
    WITH entries AS (SELECT pot_id, {balances_of_entries()} FROM ledger_entry GROUP BY pot_id)
    SELECT p.id AS pot_id, o.reference, a.account, a.balance_pence, a.entries_pence
    FROM pot p JOIN obligation o ON o.id = p.obligation_id
    LEFT JOIN entries e ON e.pot_id = p.id
    CROSS JOIN LATERAL (VALUES {COMPARED}) AS a(account, balance_pence, entries_pence)
    WHERE a.balance_pence <> a.entries_pence
    ORDER BY o.reference, p.id, a.account
    """  # noqa: S608 - only names of accounts and columns
)
UNBALANCED = text(
    """
    SELECT count(*) FROM (
        SELECT FROM ledger_entry GROUP BY movement_id, pot_id HAVING sum(amount_pence) <> 0) m
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """One kind of account: the sum of its entries in pence, credits below zero."""

    account: str
    total_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A pot's balance that is not the sum of its entries, in pence: look into it before paying."""

    pot_id: UUID
    reference: str
    account: str
    balance_pence: int
    entries_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialBalance:
    """All accounts; balanced where they add up to zero, every movement does, and no pot differs.

    Nor may a closed period say anything else than at its close.
    """

    balanced: bool
    total_pence: int
    unbalanced_movements: int
    accounts: list[AccountLine]
    differences: list[Difference]
    closed_differences: list[ClosedDifference]
    pots: list[PotView]
    received_pence: int
    interest_pence: int
    available_pence: int
    reserved_pence: int
    committed_pence: int
    payment_requested_pence: int
    payment_approved_pence: int
    paid_pence: int
    refund_requested_pence: int
    refund_approved_pence: int
    returned_pence: int


async def trial_balance(session: AsyncSession) -> TrialBalance:
    """The books as they stand in one moment."""
    rows = await session.execute(ACCOUNTS)
    accounts = [AccountLine(account=row.account, total_pence=int(row.total_pence)) for row in rows]
    differences = [_difference(row) for row in await session.execute(POTS)]
    closed = await closed_differences(session)
    unbalanced = (await session.execute(UNBALANCED)).scalar_one()
    total_pence = sum(line.total_pence for line in accounts)
    listed = await list_pots(session, None)
    sums = {name: value for name, value in asdict(listed.totals).items() if name != "pots"}
    return TrialBalance(
        balanced=total_pence == 0 and not differences and not unbalanced and not closed,
        total_pence=total_pence,
        unbalanced_movements=unbalanced,
        accounts=accounts,
        differences=differences,
        closed_differences=closed,
        pots=listed.pots,
        **sums,
    )


def _difference(row: Any) -> Difference:
    return Difference(
        pot_id=row.pot_id,
        reference=row.reference,
        account=row.account,
        balance_pence=row.balance_pence,
        entries_pence=int(row.entries_pence),
    )
