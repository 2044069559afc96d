"""What assessors have to do, and an application as they may read it."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.portal.assessor.application import read_application
from services.portal.assessor.interest import AssessorsPage
from services.portal.assessor.models import Assessment, Lines
from services.portal.assessor.words import RULES, TO_DO, state
from services.portal.clients import ServiceProblem
from services.portal.identity.names import name_of
from services.portal.identity.pages_rule import Page
from services.portal.layout.templates import render
from services.portal.sending import see_other

router = APIRouter(include_in_schema=False)

Done = Annotated[str, Query(max_length=20)]
DONE: Mapping[str, str] = {
    "interest": "Your interest is recorded. You will not see that application; others assess it.",
    "scores": "Your scores are recorded. They cannot be changed, and other assessors do not see them "
    "before the decision.",
}
NOT_DECLARED = "assessment.not_declared"


@router.get("/assessor")
async def list_applications(page: AssessorsPage, done: Done = "") -> Response:
    """What to do next with each application, and those that need nothing of the reader."""
    lines = Lines.validate_python(await page.services.assessment.get("/assessments"))
    return render(
        page.request,
        "assessor/list.html",
        to_do=[line for line in lines if line.to_do in {"declare_interest", "score"}],
        others=[line for line in lines if line.to_do not in {"declare_interest", "score"}],
        words=TO_DO,
        state=state,
        done=DONE.get(done),
    )


@router.get("/assessor/{application_id}")
async def show_application(page: AssessorsPage, application_id: UUID, done: Done = "") -> Response:
    """The facts, the applicant's words and the scores that may be seen; first of all the declaration."""
    try:
        assessment = await read_assessment(page, application_id)
    except ServiceProblem as refusal:
        if refusal.code != NOT_DECLARED:
            raise
        return see_other(f"/assessor/{application_id}/interest")
    return render(
        page.request,
        "assessor/application.html",
        **await facts_of(page, assessment),
        own=assessment.scores_of(page.person.id),
        done=DONE.get(done),
    )


async def read_assessment(page: Page, application_id: UUID) -> Assessment:
    """The assessment as the person may see it."""
    return Assessment.model_validate(await page.services.assessment.get(f"/assessments/{application_id}"))


async def facts_of(page: Page, assessment: Assessment) -> dict[str, Any]:
    """What the pages of assessors and of decision-makers show alike."""
    names = [
        name_of(page, given.assessor_id, f"Assessor {number}")
        for number, given in enumerate(assessment.scores, start=1)
    ]
    return {
        "assessment": assessment,
        "application": await read_application(page, assessment.application_id),
        "names": names,
        "rules": RULES,
    }
