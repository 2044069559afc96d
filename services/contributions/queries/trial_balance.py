"""Whether the books are right: entries that add up to zero, and balances that equal their entries."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.queries.pots import PotView, list_pots

ACCOUNTS = text(
    "SELECT account, sum(amount_pence) AS total_pence FROM ledger_entry GROUP BY account ORDER BY account"
)
POTS = text(
    """
    WITH entries AS (
        SELECT pot_id,
               -coalesce(sum(amount_pence) FILTER (WHERE account IN ('received', 'opening_balance')), 0)
                   AS received,
               coalesce(sum(amount_pence) FILTER (WHERE account = 'available'), 0) AS available,
               coalesce(sum(amount_pence) FILTER (WHERE account = 'reserved'), 0) AS reserved,
               coalesce(sum(amount_pence) FILTER (WHERE account = 'committed'), 0) AS committed,
               coalesce(sum(amount_pence) FILTER (WHERE account = 'payment_requested'), 0)
                   AS payment_requested,
               coalesce(sum(amount_pence) FILTER (WHERE account = 'payment_approved'), 0)
                   AS payment_approved,
               coalesce(sum(amount_pence) FILTER (WHERE account = 'paid'), 0) AS paid
        FROM ledger_entry GROUP BY pot_id
    )
    SELECT p.id AS pot_id, o.reference, a.account, a.balance_pence, a.entries_pence
    FROM pot p JOIN obligation o ON o.id = p.obligation_id
    LEFT JOIN entries e ON e.pot_id = p.id
    CROSS JOIN LATERAL (VALUES
        ('received', p.received_pence, coalesce(e.received, 0)),
        ('available', p.available_pence, coalesce(e.available, 0)),
        ('reserved', p.reserved_pence, coalesce(e.reserved, 0)),
        ('committed', p.committed_pence, coalesce(e.committed, 0)),
        ('payment_requested', p.payment_requested_pence, coalesce(e.payment_requested, 0)),
        ('payment_approved', p.payment_approved_pence, coalesce(e.payment_approved, 0)),
        ('paid', p.paid_pence, coalesce(e.paid, 0))) AS a(account, balance_pence, entries_pence)
    WHERE a.balance_pence <> a.entries_pence
    ORDER BY o.reference, p.id, a.account
    """
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
    """All accounts; balanced where they add up to zero, every movement does, and no pot differs."""

    balanced: bool
    total_pence: int
    unbalanced_movements: int
    accounts: list[AccountLine]
    differences: list[Difference]
    pots: list[PotView]
    received_pence: int
    available_pence: int
    reserved_pence: int
    committed_pence: int
    payment_requested_pence: int
    payment_approved_pence: int
    paid_pence: int


async def trial_balance(session: AsyncSession) -> TrialBalance:
    """The books as they stand in one moment."""
    rows = await session.execute(ACCOUNTS)
    accounts = [AccountLine(account=row.account, total_pence=int(row.total_pence)) for row in rows]
    differences = [_difference(row) for row in await session.execute(POTS)]
    unbalanced = (await session.execute(UNBALANCED)).scalar_one()
    total_pence = sum(line.total_pence for line in accounts)
    listed = await list_pots(session, None)
    sums = {name: value for name, value in asdict(listed.totals).items() if name != "pots"}
    return TrialBalance(
        balanced=total_pence == 0 and not differences and not unbalanced,
        total_pence=total_pence,
        unbalanced_movements=unbalanced,
        accounts=accounts,
        differences=differences,
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
