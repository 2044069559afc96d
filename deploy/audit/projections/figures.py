"""What the portal shows of each pot and grant, against the books of their owner (all sums in pence)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deploy.audit.finding import Finding

if TYPE_CHECKING:
    from deploy.audit.snapshot import Snapshot

IN_THE_PORTAL = """
    SELECT pot_id AS id, received_pence, interest_pence, available_pence, reserved_pence, committed_pence,
           paid_pence, refunding_pence, returned_pence
    FROM pot_balance
"""
IN_THE_BOOKS = """
    SELECT id, received_pence, interest_pence, available_pence, reserved_pence,
           committed_pence + payment_requested_pence + payment_approved_pence AS committed_pence, paid_pence,
           refund_requested_pence + refund_approved_pence AS refunding_pence, returned_pence
    FROM pot
"""
GRANTS_IN_THE_PORTAL = """
    SELECT application_id AS id, granted_pence, reserved_pence, committed_pence, paid_pence FROM grant_line
    WHERE granted_pence <> 0 OR reserved_pence <> 0 OR committed_pence <> 0 OR paid_pence <> 0
"""
GRANTS_IN_THE_BOOKS = """
    SELECT * FROM (
        SELECT application_id AS id,
            coalesce(sum(amount_pence) FILTER (WHERE account <> 'available'), 0)::bigint AS granted_pence,
            coalesce(sum(amount_pence) FILTER (WHERE account = 'reserved'), 0)::bigint AS reserved_pence,
            coalesce(sum(amount_pence) FILTER (
                WHERE account IN ('committed', 'payment_requested', 'payment_approved')), 0)::bigint
                AS committed_pence,
            coalesce(sum(amount_pence) FILTER (WHERE account = 'paid'), 0)::bigint AS paid_pence
        FROM ledger_entry WHERE application_id IS NOT NULL GROUP BY application_id) g
    WHERE granted_pence <> 0 OR reserved_pence <> 0 OR committed_pence <> 0 OR paid_pence <> 0
"""


async def figures_equal_the_books(snapshot: Snapshot) -> list[Finding]:
    """What the portal shows of each pot and grant (pence) is what the ledger's owner has."""
    pots = await _figures(snapshot, "pot", IN_THE_PORTAL, IN_THE_BOOKS)
    grants = await _figures(snapshot, "grant", GRANTS_IN_THE_PORTAL, GRANTS_IN_THE_BOOKS)
    return [*pots, *grants]


async def _figures(snapshot: Snapshot, what: str, shown_sql: str, owned_sql: str) -> list[Finding]:
    shown = {row["id"]: dict(row) for row in await snapshot.rows("portal", shown_sql)}
    owned = {row["id"]: dict(row) for row in await snapshot.rows("contributions", owned_sql)}
    return [
        Finding(
            check="portal_figures",
            where=f"portal {what} {key}",
            message=f"The portal shows {_pence(shown.get(key))}; the books say {_pence(owned.get(key))}.",
        )
        for key in sorted(shown.keys() | owned.keys(), key=str)
        if shown.get(key) != owned.get(key)
    ]


def _pence(row: dict[str, object] | None) -> str:
    if row is None:
        return "nothing"
    return ", ".join(f"{name.removesuffix('_pence')} {value}" for name, value in row.items() if name != "id")
