"""Interest as it would be shared out, and as it was."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.interest.digest import digest_of
from services.contributions.domain.interest.sharing import InterestPeriod, period_refusals, share_out
from services.contributions.repository.interest import held_in, periods_of
from shared.errors import NotFound

NAMES = text(
    """
    SELECT p.id AS pot_id, o.reference FROM pot p JOIN obligation o ON o.id = p.obligation_id
    WHERE p.id = ANY(CAST(:ids AS uuid[]))
    """
)
LIST = text(
    """
    SELECT i.id AS interest_id, i.organisation, i.period_start, i.period_end, i.amount_pence, i.shared_on,
           i.shared_by, (SELECT count(*) FROM interest_share s WHERE s.interest_id = i.id) AS pots
    FROM interest_period i ORDER BY i.period_start DESC, i.id
    """
)
SHARES = text(
    """
    SELECT s.pot_id, o.reference, s.amount_pence, s.pence_days FROM interest_share s
    JOIN pot p ON p.id = s.pot_id JOIN obligation o ON o.id = p.obligation_id
    WHERE s.interest_id = :id ORDER BY o.reference, s.pot_id
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestShareView:
    """One pot's share in pence, and its average balance at the end of a day of the period, rounded down."""

    pot_id: UUID
    reference: str
    amount_pence: int
    average_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestPreview:
    """How interest would be shared out; sent back with the digest, it is booked only if this is still so."""

    organisation: str
    period_start: date
    period_end: date
    amount_pence: int
    shares: list[InterestShareView]
    shares_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestLine:
    """Interest of a period that was shared out, over how many pots; the person is an opaque id."""

    interest_id: UUID
    organisation: str
    period_start: date
    period_end: date
    amount_pence: int
    shared_on: date
    shared_by: str
    pots: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestView:
    """The same with each pot's share."""

    interest: InterestLine
    shares: list[InterestShareView]


async def preview_interest(session: AsyncSession, period: InterestPeriod, today: date) -> InterestPreview:
    """The shares as they would be booked now; refuses what booking would refuse."""
    period_refusals(period, before=await periods_of(session, period.organisation), today=today)
    held = await held_in(session, period.organisation, period.period_start, period.period_end)
    shares = share_out(period.amount_pence, held)
    ids = [share.pot_id for share in shares]
    names = {row.pot_id: row.reference for row in await session.execute(NAMES, {"ids": ids})}
    pence_days, days = {each.pot_id: each.pence_days for each in held}, _days(period)
    views = [
        InterestShareView(
            pot_id=share.pot_id,
            reference=names[share.pot_id],
            amount_pence=share.amount_pence,
            average_pence=pence_days[share.pot_id] // days,
        )
        for share in shares
    ]
    return InterestPreview(
        organisation=period.organisation,
        period_start=period.period_start,
        period_end=period.period_end,
        amount_pence=period.amount_pence,
        shares=sorted(views, key=lambda view: (view.reference, view.pot_id)),
        shares_digest=digest_of(shares),
    )


async def list_interest(session: AsyncSession) -> list[InterestLine]:
    """All interest that was shared out, the latest period first."""
    return [InterestLine(**row) for row in (await session.execute(LIST)).mappings()]


async def show_interest(session: AsyncSession, interest_id: UUID) -> InterestView:
    """The interest of one period with each pot's share, or NotFound."""
    for line in await list_interest(session):
        if line.interest_id == interest_id:
            days = (line.period_end - line.period_start).days + 1
            rows = await session.execute(SHARES, {"id": interest_id})
            shares = [
                InterestShareView(
                    pot_id=row.pot_id,
                    reference=row.reference,
                    amount_pence=row.amount_pence,
                    average_pence=row.pence_days // days,
                )
                for row in rows
            ]
            return InterestView(interest=line, shares=shares)
    raise NotFound("interest.not_found", "No such interest was shared out. Choose a period from the list.")


def _days(period: InterestPeriod) -> int:
    return (period.period_end - period.period_start).days + 1
