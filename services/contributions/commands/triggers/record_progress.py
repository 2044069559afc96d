"""An officer records how far a site has come, once for all the triggers that wait for it."""

from dataclasses import dataclass

from services.contributions.domain.triggers import facts
from services.contributions.domain.triggers.progress import SiteProgress
from services.contributions.domain.triggers.progress import record_progress as checked
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.site import Site
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordProgress:
    """A report of a site; the triggers it meets are proposed, and become met when the officer says so."""

    progress: SiteProgress


async def record_progress(command: RecordProgress, uow: UnitOfWork) -> Recorded:
    """Refuses a day before the deed or after today, and more occupied dwellings than are consented."""
    agreements = Agreements(uow)
    agreement = await agreements.get(command.progress.agreement_id)
    progress = checked(command.progress, agreement, today=uow.today)
    await Site(uow).add(progress)
    agreement = await agreements.count_fact(agreement)
    uow.record(facts.progress_recorded(progress), sequence=agreement.version)
    return Recorded(progress.id, agreement.version)
