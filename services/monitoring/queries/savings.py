"""Verified savings, beside what was promised."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.monitoring.queries.views import SavingView
from services.monitoring.repository.projects import no_such_project
from shared.errors import Forbidden

SAVINGS = text(
    """
    SELECT s.published, s.verdict, s.period_end - s.period_start AS period_days,
           p.promised_kwh AS promised_kwh_a_year, p.promised_kg_co2e AS promised_kg_co2e_a_year
    FROM saving s JOIN project p USING (application_id)
    WHERE s.application_id = :application_id ORDER BY s.period_start
    """
)
PEOPLE = text("SELECT people FROM project WHERE application_id = :application_id")


async def savings_of(session: AsyncSession, application_id: UUID) -> list[SavingView]:
    """Every verified period of the project, in its order."""
    rows = (await session.execute(SAVINGS, {"application_id": application_id})).mappings()
    return [SavingView.model_validate({**row["published"], **row}) for row in rows]


async def savings_for(
    session: AsyncSession, application_id: UUID, applicant: UUID | None
) -> list[SavingView]:
    """The same, for the team (no applicant) or for one of those who act for the project's applicant."""
    people = (await session.execute(PEOPLE, {"application_id": application_id})).scalar_one_or_none()
    if people is None:
        raise no_such_project()
    if applicant is not None and applicant not in people:
        message = "This project belongs to another organisation. The public register shows its results."
        raise Forbidden("project.not_yours", message)
    return await savings_of(session, application_id)
