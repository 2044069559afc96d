"""Scoring: every criterion on one page, a page to check, and then the scores stand."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi import Form as Box

from services.portal.assessor.answers import kept_by_the_browser, typed
from services.portal.assessor.interest import AssessorsForm, AssessorsPage
from services.portal.assessor.models import Assessment, Criterion
from services.portal.assessor.reading import read_assessment
from services.portal.identity.pages_rule import Page
from services.portal.layout.fields import Choice, Field, Text
from services.portal.layout.forms import Filled, Form
from services.portal.layout.templates import render
from services.portal.sending import as_new, attempt, see_other

router = APIRouter(include_in_schema=False)

SCORES = tuple((str(score), str(score)) for score in range(6))
LONGEST = 2000
Step = Annotated[str, Box(max_length=10)]


@router.get("/assessor/{application_id}/scores")
async def ask_for_scores(page: AssessorsPage, application_id: UUID) -> Response:
    """The form with every criterion of the fund; who has scored is led to what they gave."""
    assessment = await read_assessment(page, application_id)
    if assessment.to_do != "score":
        return see_other(f"/assessor/{application_id}")
    return _ask(page, assessment, form_of(assessment.criteria).blank())


@router.post("/assessor/{application_id}/scores")
async def take_scores(sent: AssessorsForm, application_id: UUID, step: Step = "check") -> Response:
    """Check what was typed, show it to be checked by its writer, change it, or send it."""
    assessment = await read_assessment(sent, application_id)
    filled = sent.read(form_of(assessment.criteria))
    if step == "change":
        return _ask(sent, assessment, as_new(filled))
    if filled.ok and step == "send":
        filled = await _send(sent, assessment, filled)
        if filled.ok:
            return see_other(f"/assessor/{application_id}?done=scores")
    if not filled.ok:
        return _ask(sent, assessment, filled, 422)
    return render(
        sent.request, "assessor/check_scores.html", assessment=assessment, filled=filled, typed=typed(filled)
    )


def form_of(criteria: list[Criterion]) -> Form:
    """A score and its reason for each criterion, named by the criterion's place."""
    return Form(*(field for place, criterion in enumerate(criteria) for field in _fields(place, criterion)))


def _fields(place: int, criterion: Criterion) -> tuple[Field, Field]:
    title = f"“{criterion.title}”"
    return (
        Choice(name=f"score_{place}", label=f"Score for {title}", ask=f"a score for {title}", options=SCORES),
        Text(
            name=f"justification_{place}",
            label=f"Your reason for {title}",
            ask=f"why you gave this score for {title}",
            longest=LONGEST,
        ),
    )


async def _send(sent: AssessorsForm, assessment: Assessment, filled: Filled) -> Filled:
    scores = [
        {
            "criterion": criterion.code,
            "score": int(str(filled.values[f"score_{place}"])),
            "justification": filled.values[f"justification_{place}"],
        }
        for place, criterion in enumerate(assessment.criteria)
    ]
    path = f"/assessments/{assessment.application_id}/scores"
    call = sent.services.assessment.put(path, {"scores": scores}, key=sent.idempotency_key)
    return await attempt(filled, call, _names(assessment.criteria))


def _names(criteria: list[Criterion]) -> dict[str, str]:
    """The service's names of fields, and the boxes of this page that they mean."""
    by_row = {
        f"scores.{place}.{part}": f"{part}_{place}"
        for place in range(len(criteria))
        for part in ("score", "justification")
    }
    return {**by_row, **{f"scores.{one.code}": f"score_{place}" for place, one in enumerate(criteria)}}


def _ask(page: Page, assessment: Assessment, form: Filled, status_code: int = 200) -> Response:
    return kept_by_the_browser(
        render(
            page.request,
            "assessor/scores.html",
            status_code=status_code,
            form=form,
            assessment=assessment,
            scores=SCORES,
            longest=LONGEST,
        )
    )
