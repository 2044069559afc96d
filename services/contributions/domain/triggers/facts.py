"""Facts about sites, as the published language words them."""

from uuid import UUID

from services.contributions.domain.triggers.progress import SiteProgress
from shared.events import contributions as published


def progress_recorded(progress: SiteProgress) -> published.SiteProgressRecorded:
    """The site was reported to have come so far."""
    return published.SiteProgressRecorded(
        agreement_id=progress.agreement_id,
        progress_id=progress.id,
        kind=progress.kind,
        happened_on=progress.happened_on,
        occupied_dwellings=progress.occupied_dwellings,
        consented_dwellings=progress.consented_dwellings,
    )


def progress_withdrawn(agreement_id: UUID, progress_id: UUID, reason: str) -> published.SiteProgressWithdrawn:
    """The report was wrong."""
    return published.SiteProgressWithdrawn(agreement_id=agreement_id, progress_id=progress_id, reason=reason)
