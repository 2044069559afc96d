"""The fund's books: pots with their balances, and the ledger of every movement between them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Literal
from uuid import UUID, uuid4

from sqlalchemy import text

from services.contributions.domain.ledger import SOURCES, Account, Movement, line_totals
from services.contributions.domain.pots import AvailablePot, Award, Pot
from services.contributions.repository.rows import copy_rows
from services.contributions.tables import LedgerEntryRow, PotRow
from shared.messaging import UnitOfWork

LOCK_BOOKS = text("SELECT pg_advisory_xact_lock(1061, hashtext(:organisation))")
HAS_POT = text("SELECT 1 FROM pot WHERE id = :id")
LOCK_POTS = text(
    """
    SELECT id FROM pot WHERE id = ANY(CAST(:ids AS uuid[]))
    ORDER BY spend_by_on NULLS LAST, id FOR UPDATE
    """
)
LAWFUL = text(
    """
    WITH lawful AS (
        SELECT id, sum(available_pence) OVER (ORDER BY spend_by_on NULLS LAST, id) - available_pence
               AS before_pence
        FROM pot
        WHERE organisation = :organisation AND available_pence > 0
          AND spendable_on && CAST(:purposes AS text[])
          AND (wards = '{}' OR :ward = ANY(wards))
          AND (spend_by_on IS NULL OR spend_by_on >= :decided_on)
    )
    SELECT p.id, p.organisation, p.obligation_id, p.purpose, p.spendable_on, p.wards, p.received_on,
           p.spend_by_on, p.received_pence, p.available_pence
    FROM pot p JOIN lawful l USING (id) WHERE l.before_pence < :amount_pence
    ORDER BY p.spend_by_on NULLS LAST, p.id FOR UPDATE OF p
    """
)
MOVE = text(
    """
    UPDATE pot SET
        received_pence = pot.received_pence + d.received,
        available_pence = pot.available_pence + d.available,
        reserved_pence = pot.reserved_pence + d.reserved,
        committed_pence = pot.committed_pence + d.committed,
        payment_requested_pence = pot.payment_requested_pence + d.payment_requested,
        payment_approved_pence = pot.payment_approved_pence + d.payment_approved,
        paid_pence = pot.paid_pence + d.paid
    FROM unnest(CAST(:pots AS uuid[]), CAST(:received AS bigint[]), CAST(:available AS bigint[]),
                CAST(:reserved AS bigint[]), CAST(:committed AS bigint[]),
                CAST(:payment_requested AS bigint[]), CAST(:payment_approved AS bigint[]),
                CAST(:paid AS bigint[]))
         AS d(id, received, available, reserved, committed, payment_requested, payment_approved, paid)
    WHERE pot.id = d.id
    """
)

EMPTY = [name for name in PotRow.model_fields if name.endswith("_pence")]
"""The balances of a pot: all of them start at nothing."""


class Books:
    """Pots and ledger in one transaction.

    Whoever moves an organisation's money first takes the lock on its books, then its pots in order. So a
    sum over several pots stays true until it is used, and readers whose batches hold many grants queue
    instead of deadlocking.
    """

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def lock(self, organisation: str) -> None:
        """Wait until nobody else moves the organisation's money."""
        await self._uow.session.execute(LOCK_BOOKS, {"organisation": organisation})

    async def lawful_pots(self, award: Award) -> list[AvailablePot]:
        """The pots an award may draw on, in their order, locked, and no more than its sum needs."""
        wanted = {
            "organisation": award.organisation,
            "purposes": sorted(award.purposes),
            "ward": award.ward,
            "decided_on": award.decided_on,
            "amount_pence": award.amount_pence,
        }
        rows = await self._uow.session.execute(LAWFUL, wanted)
        return [AvailablePot(_pot(row), row.available_pence) for row in rows]

    async def has_pot(self, pot_id: UUID) -> bool:
        """Whether a pot of that id was opened before."""
        return (await self._uow.session.execute(HAS_POT, {"id": pot_id})).first() is not None

    async def open(self, pots: Iterable[Pot], *, opened_by: Literal["receipt", "import"]) -> None:
        """Add pots without a penny in them; their first movement brings the money."""
        await copy_rows(self._uow, PotRow, [_row(pot, opened_by) for pot in pots])

    async def post(
        self,
        movements: Sequence[Movement],
        *,
        happened_on: date | None,
        application_id: UUID | None = None,
    ) -> None:
        """Enter the movements and move the balances with them; the database refuses any below zero."""
        totals = line_totals(movements)
        pots = sorted({pot_id for pot_id, _ in totals})
        await self._uow.session.execute(LOCK_POTS, {"ids": pots})
        await copy_rows(self._uow, LedgerEntryRow, self._entries(movements, happened_on, application_id))
        await self._uow.session.execute(MOVE, {"pots": pots, **_columns(pots, Counter(totals))})

    def _entries(
        self, movements: Sequence[Movement], happened_on: date | None, application_id: UUID | None
    ) -> list[dict[str, Any]]:
        cause = self._uow.cause
        return [
            {
                "movement_id": movement_id,
                "kind": movement.kind,
                "pot_id": line.pot_id,
                "account": line.account,
                "amount_pence": line.amount_pence,
                "party": line.party,
                "application_id": application_id,
                "happened_on": happened_on,
                "cause": "command" if cause.causation_id is None else "event",
                "cause_id": movement.cause_id,
                "actor": cause.actor,
                "recorded_at": self._uow.now,
            }
            for movement, movement_id in ((movement, uuid4()) for movement in movements)
            for line in movement.lines
        ]


def cause_id(uow: UnitOfWork) -> UUID:
    """What a movement names as its cause: the event acted on, or the correlation of a person's command."""
    return uow.cause.causation_id or uow.cause.correlation_id


def _columns(pots: list[UUID], totals: Counter[tuple[UUID, Account]]) -> dict[str, list[int]]:
    columns = {
        account.value: [totals[pot, account] for pot in pots] for account in Account if account not in SOURCES
    }
    received = [-sum(totals[pot, account] for account in SOURCES) for pot in pots]
    return {**columns, "received": received}


def _row(pot: Pot, opened_by: str) -> dict[str, Any]:
    return {
        "id": pot.id,
        "obligation_id": pot.obligation_id,
        "organisation": pot.organisation,
        "spendable_on": sorted(pot.spendable_on),
        "purpose": pot.purpose,
        "wards": sorted(pot.wards),
        "received_on": pot.received_on,
        "spend_by_on": pot.spend_by_on,
        "opened_by": opened_by,
        **dict.fromkeys(EMPTY, 0),
    }


def _pot(row: Any) -> Pot:
    return Pot(
        id=row.id,
        organisation=row.organisation,
        obligation_id=row.obligation_id,
        purpose=row.purpose,
        allowed_purposes=frozenset(row.spendable_on),
        wards=frozenset(row.wards),
        received_on=row.received_on,
        spend_by_on=row.spend_by_on,
        received_pence=row.received_pence,
    )
