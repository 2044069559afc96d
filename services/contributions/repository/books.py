"""The fund's books: pots with their balances, and the ledger of every movement between them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID, uuid4

from sqlalchemy import text

from services.contributions.domain.ledger.accounts import BALANCES
from services.contributions.domain.ledger.ledger import Movement
from services.contributions.domain.pots.drawing import Award
from services.contributions.domain.pots.pot import AvailablePot, Pot
from services.contributions.repository.accounts import COLUMNS, balances_of_entries
from services.contributions.repository.rows import columns_of, copy_rows, insert_of
from services.contributions.tables import LedgerEntryRow, PotRow
from shared.messaging import UnitOfWork

LOCK_BOOKS = text(
    """
    SELECT pg_advisory_xact_lock(1061, number) FROM (
        SELECT DISTINCT hashtext(name) AS number FROM unnest(CAST(:organisations AS text[])) AS n(name)
        ORDER BY number) AS organisation
    """
)
HAS_POT = text("SELECT 1 FROM pot WHERE id = :id")
POTS = text("SELECT * FROM pot WHERE id = ANY(CAST(:ids AS uuid[]))")
LAWFUL = text(
    "SELECT * FROM lawful_pots("
    ":organisation, CAST(:purposes AS text[]), :ward, :recipient, :decided_on, :pence)"
)
ENTER = text(
    f"""
    WITH entered AS (
        {insert_of(LedgerEntryRow)} RETURNING pot_id, account, amount_pence
    ), moved AS (
        SELECT pot_id, {balances_of_entries()} FROM entered GROUP BY pot_id
    )
    UPDATE pot SET {", ".join(f"{name}_pence = {name}_pence + moved.{name}" for name in BALANCES)}
    FROM moved WHERE pot.id = moved.pot_id
    """  # noqa: S608 - only names of columns
)


@dataclass(frozen=True, slots=True)
class Posting:
    """A movement for the books: when it happened in the world, within which work, for which grant."""

    movement: Movement
    happened_on: date | None
    uow: UnitOfWork
    application_id: UUID | None = None


class Books:
    """Pots and ledger in one transaction.

    Whoever moves an organisation's money first takes the lock on its books. So a sum over several pots
    stays true until it is used, and readers whose batches hold many grants queue instead of deadlocking.
    """

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._session = uow, uow.session

    async def lock(self, organisations: Iterable[str]) -> None:
        """Wait until nobody else moves the organisations' money."""
        await self._session.execute(LOCK_BOOKS, {"organisations": list(organisations)})

    async def lawful_pots(self, awards: Sequence[Award]) -> list[AvailablePot]:
        """The pots that awards may draw on one after the other, and few more than their sums need."""
        needed: Counter[str] = Counter()
        for award in awards:
            needed[award.organisation] += award.amount_pence
        alike = {
            (each.organisation, each.ward, each.recipient, each.purposes, each.decided_on): each
            for each in awards
        }
        found: dict[UUID, AvailablePot] = {}
        for each in alike.values():
            found |= await self._covering(needed[each.organisation], each)
        return list(found.values())

    async def _covering(self, pence: int, award: Award) -> dict[UUID, AvailablePot]:
        """The first lawful pots that together hold so much, or all where they hold less."""
        wanted = {
            "organisation": award.organisation,
            "purposes": sorted(award.purposes),
            "ward": award.ward,
            "recipient": award.recipient,
            "decided_on": award.decided_on,
            "pence": pence,
        }
        rows = await self._session.execute(LAWFUL, wanted)
        return {row.id: AvailablePot(to_pot(row), row.available_pence) for row in rows}

    async def pots(self, pot_ids: Iterable[UUID]) -> dict[UUID, AvailablePot]:
        """Pots with what is available in them, by id; those that are not there are left out."""
        rows = await self._session.execute(POTS, {"ids": list(pot_ids)})
        return {row.id: AvailablePot(to_pot(row), row.available_pence) for row in rows}

    async def has_pot(self, pot_id: UUID) -> bool:
        """Whether a pot of that id was opened before."""
        return (await self._session.execute(HAS_POT, {"id": pot_id})).first() is not None

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
        """Enter movements of this work; the database refuses any balance below zero."""
        await self.enter([Posting(each, happened_on, self._uow, application_id) for each in movements])

    async def enter(self, postings: Sequence[Posting]) -> None:
        """Add the entries, and to the balances what these entries add up to, by one statement."""
        entries = [entry for posting in postings for entry in _entries(posting)]
        if entries:
            await self._session.execute(ENTER, columns_of(LedgerEntryRow, entries))


def _entries(posting: Posting) -> Iterator[dict[str, Any]]:
    """The rows of a movement; on which day they are booked the database decides, by what is closed."""
    movement, uow, movement_id = posting.movement, posting.uow, uuid4()
    for line in movement.lines:
        yield {
            "movement_id": movement_id,
            "kind": movement.kind,
            "pot_id": line.pot_id,
            "account": line.account,
            "amount_pence": line.amount_pence,
            "party": line.party,
            "application_id": posting.application_id,
            "happened_on": posting.happened_on,
            "booked_on": None,
            "cause": "command" if uow.cause.causation_id is None else "event",
            "cause_id": movement.cause_id,
            "actor": uow.cause.actor,
            "recorded_at": uow.now,
        }


def cause_id(uow: UnitOfWork) -> UUID:
    """What a movement names as its cause: the event acted on, or the correlation of a person's command."""
    return uow.cause.causation_id or uow.cause.correlation_id


def _row(pot: Pot, opened_by: str) -> dict[str, Any]:
    return {
        "id": pot.id,
        "obligation_id": pot.obligation_id,
        "organisation": pot.organisation,
        "spendable_on": sorted(pot.spendable_on),
        "purpose": pot.purpose,
        "wards": sorted(pot.wards),
        "recipients": sorted(pot.recipients),
        "received_on": pot.received_on,
        "spend_by_on": pot.spend_by_on,
        "opened_by": opened_by,
        "version": 1,
        **dict.fromkeys(COLUMNS, 0),
    }


def to_pot(row: Any) -> Pot:
    """A pot as its row has it; what was received is what its receipts now add up to."""
    return Pot(
        id=row.id,
        organisation=row.organisation,
        obligation_id=row.obligation_id,
        purpose=row.purpose,
        allowed_purposes=frozenset(row.spendable_on),
        wards=frozenset(row.wards),
        recipients=frozenset(row.recipients),
        received_on=row.received_on,
        spend_by_on=row.spend_by_on,
        received_pence=row.received_pence,
    )
