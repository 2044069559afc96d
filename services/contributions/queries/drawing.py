"""The pots that an award may lawfully draw on, earliest spend-by first."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.pots.drawing import Award, Shortfall, choose_shares, why_unlawful
from services.contributions.domain.pots.pot import AvailablePot
from services.contributions.repository.books import to_pot
from shared.errors import NotFound

AWARD = text(
    """
    SELECT a.id, a.state, a.requested_pence, a.decided_on, a.ward, a.purposes, a.recipient, g.organisation,
           g.reference, g.version
    FROM grant_funding g JOIN award a ON a.id = g.award_id WHERE g.application_id = :id
    """
)
POTS = text(
    """
    SELECT p.*, o.reference, coalesce(s.amount_pence - s.released_pence, 0) AS current_pence
    FROM pot p JOIN obligation o ON o.id = p.obligation_id
    LEFT JOIN award_share s ON s.pot_id = p.id AND s.award_id = :award_id
    WHERE p.organisation = :organisation AND (p.available_pence > 0 OR s.award_id IS NOT NULL)
    ORDER BY p.spend_by_on NULLS LAST, p.id
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawablePot:
    """A lawful pot, in pence: what it could give this award at most, gives now, and is proposed to give.

    The proposal takes the earliest spend-by first.
    """

    pot_id: UUID
    reference: str
    spend_by_on: date | None
    wards: list[str]
    could_give_pence: int
    current_pence: int
    proposed_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """An award, how it stands and the pots it may draw on; only a reserved one can be drawn otherwise."""

    application_id: UUID
    award_id: UUID
    reference: str | None
    status: str
    amount_pence: int
    decided_on: date
    sequence: int
    pots: list[DrawablePot]


async def show_drawing(session: AsyncSession, application_id: UUID, today: date) -> Drawing:
    """The award in force of an application with its lawful pots, or NotFound."""
    row = (await session.execute(AWARD, {"id": application_id})).one_or_none()
    if row is None:
        raise NotFound("grant_funding.no_money", "No money is held for this application.")
    award = Award(
        application_id=application_id,
        amount_pence=row.requested_pence,
        organisation=row.organisation,
        ward=row.ward or "",
        purposes=frozenset(row.purposes.split()),
        decided_on=max(row.decided_on, today),
        recipient=row.recipient,
    )
    return Drawing(
        application_id=application_id,
        award_id=row.id,
        reference=row.reference,
        status=row.state,
        amount_pence=row.requested_pence,
        decided_on=row.decided_on,
        sequence=row.version,
        pots=await _pots(session, row.id, award),
    )


async def _pots(session: AsyncSession, award_id: UUID, award: Award) -> list[DrawablePot]:
    wanted = {"award_id": award_id, "organisation": award.organisation}
    rows = (await session.execute(POTS, wanted)).all()
    found = {row.id: AvailablePot(to_pot(row), row.available_pence + row.current_pence) for row in rows}
    chosen = choose_shares(award, found.values())
    proposed = {} if isinstance(chosen, Shortfall) else {each.pot_id: each.amount_pence for each in chosen}
    return [
        DrawablePot(
            pot_id=row.id,
            reference=row.reference,
            spend_by_on=row.spend_by_on,
            wards=row.wards,
            could_give_pence=found[row.id].available_pence,
            current_pence=row.current_pence,
            proposed_pence=proposed.get(row.id, 0),
        )
        for row in rows
        if row.current_pence or why_unlawful(award, found[row.id].pot) is None
    ]
