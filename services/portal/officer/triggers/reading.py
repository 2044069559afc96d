"""What pages ask contributions of sites and their triggers."""

from uuid import UUID

from services.portal.identity.pages_rule import Page
from services.portal.officer.triggers.books import AllProgress, Progress, TriggersToLookAt


async def read_progress(page: Page, agreement_id: UUID) -> tuple[Progress, ...]:
    """What was reported of an agreement's site."""
    path = f"/agreements/{agreement_id}/progress"
    return AllProgress.validate_python(await page.services.contributions.get(path))


async def read_triggers(
    page: Page, *, agreement_id: UUID | None = None, cursor: str = ""
) -> TriggersToLookAt:
    """Triggers that seem to be met, of all agreements or of one."""
    answer = await page.services.contributions.get(
        "/triggers-to-look-at", agreement_id=agreement_id, cursor=cursor or None
    )
    return TriggersToLookAt.model_validate(answer)
