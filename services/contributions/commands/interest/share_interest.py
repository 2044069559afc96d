"""Finance enters what held money earned in a period; it is shared out over the pots that held it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.interest.digest import digest_of
from services.contributions.domain.interest.sharing import InterestPeriod, period_refusals, share_out
from services.contributions.domain.ledger import movements
from services.contributions.domain.pots import facts
from services.contributions.repository.books import Books, cause_id
from services.contributions.repository.interest import Interest, held_in, periods_of
from shared.errors import Conflict
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareInterest:
    """Share out interest in pence; with a digest only if the shares are still those that were looked at."""

    interest_id: UUID
    organisation: str
    period_start: date
    period_end: date
    amount_pence: int
    shares_digest: str | None = None


async def share_interest(command: ShareInterest, uow: UnitOfWork) -> Recorded:
    """Refuses a period that was shared out before, and shares that changed since they were looked at."""
    books, interest = Books(uow), Interest(uow)
    await books.lock([command.organisation])
    period = InterestPeriod(
        id=command.interest_id,
        organisation=command.organisation,
        period_start=command.period_start,
        period_end=command.period_end,
        amount_pence=command.amount_pence,
    )
    period_refusals(period, before=await periods_of(uow.session, period.organisation), today=uow.today)
    held = await held_in(uow.session, period.organisation, period.period_start, period.period_end)
    shares = share_out(period.amount_pence, held)
    if command.shares_digest not in {None, digest_of(shares)}:
        message = "The pots' balances in this period have changed since you looked. Look at the shares again."
        raise Conflict("interest.changed_meanwhile", message)
    await interest.add(period, shares, held)
    await books.post([movements.for_interest(shares, cause_id=cause_id(uow))], happened_on=uow.today)
    versions = await interest.publish(shares)
    for share in shares:
        uow.record(facts.interest_shared(period, share, uow.today), sequence=versions[share.pot_id])
    return Recorded(period.id, max(versions.values()))
