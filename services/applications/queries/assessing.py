"""The words of an application, for those who assess or decide, and for nobody with an interest."""

from uuid import UUID

from sqlalchemy import RowMapping, text

from services.applications.domain.request import figures
from services.applications.domain.task_list import promised
from services.applications.queries.facts import (
    IS_MEMBER,
    ONE,
    every_section,
    fund_view,
    read_answers,
    sections_of,
)
from services.applications.queries.views import AssessmentView
from shared.errors import Forbidden, NotFound
from shared.web import Role, View

STANDING = text(
    f"""
    SELECT {IS_MEMBER} AS is_member,
           (SELECT has_interest FROM declared_interest i
            WHERE i.application_id = a.id AND i.assessor_id = :person_id) AS has_interest
    FROM application a WHERE a.id = :application_id
    """  # noqa: S608 - our own text
)


async def get_for_assessment(view: View, application_id: UUID) -> AssessmentView:
    """A submitted application, after the reader has declared that they have no interest in it."""
    row = (await view.session.execute(ONE, {"application_id": application_id})).mappings().one_or_none()
    if row is None or row["submitted_on"] is None:
        raise NotFound("application.not_found", "There is no such application among those submitted.")
    await _refuse_the_interested(view, application_id)
    sections = (await sections_of(view.session, [application_id]))[application_id]
    return _view(row, sections)


async def _refuse_the_interested(view: View, application_id: UUID) -> None:
    parameters = {"application_id": application_id, "person_id": view.caller.person_id}
    standing = (await view.session.execute(STANDING, parameters)).one()
    if standing.is_member:
        raise Forbidden("assessment.own", "You act for this applicant: you cannot assess or decide it.")
    if standing.has_interest:
        message = "You declared an interest in this application, so you cannot read it."
        raise Forbidden("assessment.interest", message)
    if standing.has_interest is None and not view.caller.has(Role.DECISION_MAKER):
        message = "Declare first whether you have an interest in this application. Then you can read it."
        raise Forbidden("assessment.not_declared", message)


def _view(row: RowMapping, sections: dict[str, dict[str, object]]) -> AssessmentView:
    answers, fund = read_answers(sections), fund_view(row)
    return AssessmentView(
        application_id=row["id"],
        reference=row["reference"],
        submitted_on=row["submitted_on"],
        fund=fund,
        organisation_name=row["organisation_name"],
        organisation_kind=row["organisation_kind"],
        sections=every_section(sections),
        figures=figures(answers, fund.terms),
        saving=promised(answers, fund.terms, on=row["submitted_on"]),
    )
