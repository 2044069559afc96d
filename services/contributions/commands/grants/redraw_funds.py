"""Finance draws an award from other pots than those proposed, before the grant is accepted."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.contributions.domain.grants import facts
from services.contributions.domain.grants.grant_funding import GrantFunding
from services.contributions.domain.grants.redrawing import Redrawing, changes, redraw
from services.contributions.domain.ledger import movements
from services.contributions.domain.pots.pot import Share
from services.contributions.repository.awards import Awards
from services.contributions.repository.books import Books, cause_id
from services.contributions.repository.grant_fundings import GrantFundings
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class RedrawFunds:
    """Bear an award by these pots, with the reason, which is published."""

    application_id: UUID
    shares: tuple[Share, ...]
    reason: str
    redrawn_on: date


async def redraw_funds(command: RedrawFunds, uow: UnitOfWork) -> Recorded:
    """Refuses what is not only reserved, unlawful or empty pots, and shares that do not add up."""
    fundings, awards, books = GrantFundings(uow), Awards(uow), Books(uow)
    funding = await fundings.get(command.application_id)
    asked = await awards.asked(funding.held.id)
    award = replace(asked, decided_on=max(asked.decided_on, command.redrawn_on))
    pots = await books.pots([share.pot_id for share in command.shares])
    redrawing = Redrawing(
        shares=command.shares,
        reason=command.reason.strip(),
        redrawn_on=command.redrawn_on,
        redrawn_by=uow.actor,
    )
    redrawn = redraw(funding, award, pots, redrawing, today=uow.today)
    await fundings.save(redrawn)
    await awards.replace_shares(redrawn.held, redrawing, sequence=redrawn.version)
    await _move(funding, redrawn, redrawing, uow)
    moved = changes(funding.held.shares, redrawn.held.shares)
    uow.record(facts.funds_redrawn(redrawn.held, redrawing, moved), sequence=redrawn.version)
    return Recorded(redrawn.held.id, redrawn.version)


async def _move(before: GrantFunding, after: GrantFunding, redrawing: Redrawing, uow: UnitOfWork) -> None:
    moved = changes(before.held.shares, after.held.shares)
    posted = movements.for_redrawing(moved, cause_id=cause_id(uow))
    await Books(uow).post(posted, happened_on=redrawing.redrawn_on, application_id=before.application_id)
