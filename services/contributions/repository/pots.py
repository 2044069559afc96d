"""Pots as the books hold them, locked for a change."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import text

from services.contributions.domain.ledger.ledger import PotBalance
from services.contributions.domain.pots.correction import Correction
from services.contributions.domain.pots.extension import Extension
from services.contributions.domain.pots.held_pot import HeldPot, Holder
from services.contributions.domain.receipts.reversal import Reversal
from services.contributions.domain.record_keeping.opening_balance import OpeningBalance
from services.contributions.repository.accounts import COLUMNS
from services.contributions.repository.books import Books, to_pot
from services.contributions.repository.rows import add_row, add_rows
from services.contributions.tables import (
    BalanceCorrectionRow,
    OpeningBalanceRow,
    ReceiptReversalRow,
    SpendByExtensionRow,
)
from shared.errors import Conflict, NotFound
from shared.messaging import UnitOfWork

ORGANISATION = text("SELECT organisation FROM pot WHERE id = :id")
POT = text(
    """
    SELECT p.*, o.refund_with_interest, a.reference AS developer, a.deed_on FROM pot p
    JOIN obligation o ON o.id = p.obligation_id JOIN agreement a ON a.id = o.agreement_id
    WHERE p.id = :id FOR UPDATE OF p
    """
)
HOLDERS = text(
    """
    WITH held AS (
        SELECT application_id,
               CASE WHEN account IN ('payment_requested', 'payment_approved') THEN 'committed'
                    ELSE account END AS state, sum(amount_pence) AS pence
        FROM ledger_entry WHERE pot_id = :id AND application_id IS NOT NULL AND account <> 'available'
        GROUP BY 1, 2 HAVING sum(amount_pence) > 0
    )
    SELECT h.state, CAST(h.pence AS bigint) AS amount_pence,
           coalesce('grant ' || g.reference || coalesce(' of ' || g.grantee, ''),
                    'the award to application ' || h.application_id) AS name
    FROM held h JOIN grant_funding g USING (application_id) ORDER BY name, h.state
    """
)
EXTEND = text("UPDATE pot SET spend_by_on = :spend_by_on WHERE id = :id")
LIMIT = text("UPDATE pot SET recipients = CAST(:recipients AS text[]) WHERE obligation_id = :id")
SAVE = text("UPDATE pot SET version = :version WHERE id = :id")


class Pots:
    """Pots in one transaction; whoever gets one holds the lock on its organisation's books."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._session = uow, uow.session

    async def get(self, pot_id: UUID) -> HeldPot:
        """The pot with its balances and holders, locked; NotFound where there is none."""
        organisation = (await self._session.execute(ORGANISATION, {"id": pot_id})).scalar_one_or_none()
        if organisation is None:
            raise NotFound("pot.not_found", "There is no such pot. Choose one from the list.")
        await Books(self._uow).lock([organisation])
        row = (await self._session.execute(POT, {"id": pot_id})).one()
        holders = [
            Holder(**each) for each in (await self._session.execute(HOLDERS, {"id": pot_id})).mappings()
        ]
        return _held(row, holders)

    async def save(self, held: HeldPot) -> None:
        """Keep how many facts about the pot are published."""
        await self._session.execute(SAVE, {"id": held.pot.id, "version": held.version})

    async def extend(self, extension: Extension, *, sequence: int) -> None:
        """Give the pot its later date, and keep the deed of variation that did."""
        await add_rows(self._session, SpendByExtensionRow, [{**asdict(extension), "sequence": sequence}])
        changed = {"id": extension.pot_id, "spend_by_on": extension.spend_by_on}
        await self._session.execute(EXTEND, changed)

    async def limit_recipients(self, obligation_id: UUID, recipients: frozenset[str]) -> None:
        """Let only these kinds of organisation draw on an obligation's pots from now on."""
        limits = {"id": obligation_id, "recipients": sorted(recipients)}
        await self._session.execute(LIMIT, limits)

    async def correct(self, corrections: Sequence[Correction]) -> None:
        """Keep by how much balances that were taken over are less, and the pots' new versions."""
        rows = [
            {
                "id": each.id,
                "pot_id": each.pot_id,
                "sequence": each.version,
                "amount_pence": each.amount_pence,
                "corrected_on": each.corrected_on,
                "reason": each.reason,
            }
            for each in corrections
        ]
        await add_rows(self._session, BalanceCorrectionRow, rows)
        for each in corrections:
            await self._session.execute(SAVE, {"id": each.pot_id, "version": each.version})

    async def add_opening_balance(self, balance: OpeningBalance) -> None:
        """Keep how sure a balance is, and where it comes from."""
        row = {
            "pot_id": balance.pot_id,
            "standing": balance.standing.value,
            "pool": balance.pool,
            "as_at_on": balance.as_at_on,
            "source": balance.source,
            "entered_by": self._uow.actor,
        }
        await add_rows(self._session, OpeningBalanceRow, [row])

    async def add_reversal(self, reversal: Reversal) -> None:
        """Keep the one reversal of a receipt."""
        row = ReceiptReversalRow(
            pot_id=reversal.pot_id,
            amount_pence=reversal.amount_pence,
            reversed_on=reversal.reversed_on,
            reason=reversal.reason,
            reversed_by=reversal.reversed_by,
        )
        message = "This receipt is reversed already. Record the right one on its agreement's page."
        await add_row(self._session, row, Conflict("reversal.reversed_before", message))


def _held(row: Any, holders: list[Holder]) -> HeldPot:
    return HeldPot(
        pot=to_pot(row),
        developer=row.developer,
        opened_by=row.opened_by,
        balance=PotBalance(**{name: getattr(row, name) for name in COLUMNS}),
        holders=tuple(holders),
        refund_with_interest=row.refund_with_interest,
        deed_on=row.deed_on,
        version=row.version,
    )
