"""Applications as their own people see them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import RowMapping

from services.applications.domain.request import figures
from services.applications.domain.status import STATUS_WORDS
from services.applications.domain.task_list import promised, tasks
from services.applications.queries.claims import claims_of, evidence_of
from services.applications.queries.facts import (
    ALL_OWN,
    ONE_OWN,
    decision_view,
    every_section,
    fund_view,
    offer_view,
    read_answers,
    refused_funding_view,
    sections_of,
    status,
)
from services.applications.queries.views import ApplicationLine, ApplicationView, SavingView
from services.applications.repository import no_application
from shared.errors import Invalid
from shared.messaging.unit_of_work import LOCAL_ZONE
from shared.web import View


async def list_applications(view: View) -> list[ApplicationLine]:
    """The applications of the caller's organisations, newest first."""
    rows = (await view.session.execute(ALL_OWN, {"person_id": view.caller.person_id})).mappings().all()
    sections = await sections_of(view.session, [row["id"] for row in rows])
    return [_line(row, sections[row["id"]]) for row in rows]


async def get_application(view: View, application_id: UUID) -> ApplicationView:
    """One of the caller's own applications; for everybody else it is not there."""
    row = await own_row(view, application_id)
    sections = (await sections_of(view.session, [application_id]))[application_id]
    answers, fund = read_answers(sections), fund_view(row)
    return ApplicationView(
        application_id=row["id"],
        reference=row["reference"],
        version=row["version"],
        sequence=row["sequence"],
        status=status(row),
        status_words=STATUS_WORDS[status(row)],
        fund=fund,
        organisation_id=row["organisation_id"],
        organisation_name=row["organisation_name"],
        organisation_kind=row["organisation_kind"],
        sections=every_section(sections),
        tasks=tasks(answers, fund.terms, on=_judged_on(row)),
        figures=figures(answers, fund.terms),
        submitted_on=row["submitted_on"],
        decision=decision_view(row),
        refused_funding=refused_funding_view(row),
        offer=offer_view(row),
        claims=await claims_of(view.session, application_id),
        evidence=await evidence_of(view.session, application_id),
    )


async def get_saving(view: View, application_id: UUID) -> SavingView:
    """The saving as it stands, with today's factors or those of the day it was submitted."""
    row = await own_row(view, application_id)
    answers = read_answers((await sections_of(view.session, [application_id]))[application_id])
    try:
        saving = promised(answers, fund_view(row).terms, on=_judged_on(row))
    except Invalid as refusal:
        return SavingView(saving=None, missing=refusal.problems)
    return SavingView(saving=saving, missing=())


async def own_row(view: View, application_id: UUID) -> RowMapping:
    """The facts of one of the caller's own applications, or NotFound."""
    parameters = {"application_id": application_id, "person_id": view.caller.person_id}
    row = (await view.session.execute(ONE_OWN, parameters)).mappings().one_or_none()
    if row is None:
        raise no_application()
    return row


def _judged_on(row: RowMapping) -> date:
    submitted_on: date | None = row["submitted_on"]
    return submitted_on or datetime.now(LOCAL_ZONE).date()


def _line(row: RowMapping, sections: dict[str, dict[str, object]]) -> ApplicationLine:
    answers = read_answers(sections)
    return ApplicationLine(
        application_id=row["id"],
        reference=row["reference"],
        fund_name=row["terms"]["name"],
        organisation_name=row["organisation_name"],
        building_name=answers.building.name if answers.building else None,
        requested_pence=answers.match_funding.requested_pence if answers.match_funding else None,
        status=status(row),
        status_words=STATUS_WORDS[status(row)],
        started_at=row["started_at"],
        submitted_on=row["submitted_on"],
    )
