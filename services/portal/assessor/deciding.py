"""Deciding: the list, an application with its checks and scores, and the one decision, looked at twice."""

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.portal.assessor.answers import kept_by_the_browser, typed
from services.portal.assessor.models import Assessment, Lines
from services.portal.assessor.reading import facts_of, read_assessment
from services.portal.assessor.scoring import Step
from services.portal.assessor.words import DONE, TO_DO
from services.portal.identity.names import name_of
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.fields import Day, Money, Text
from services.portal.layout.forms import Filled, Form
from services.portal.layout.templates import render
from services.portal.sending import as_new, attempt, see_other
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

LONGEST = 5000
DECIDED_ON = Day(name="decided_on", label="Date of the decision")
REASONS = Text(name="reasons", label="Reasons", longest=LONGEST)
WAY_FORWARD = Text(
    name="way_forward", label="Way forward", ask="what the applicant can do next", longest=LONGEST
)
Outcome: TypeAlias = Literal["award", "decline"]
DecidersPage = Annotated[Page, page(Role.DECISION_MAKER)]
DecidersForm = Annotated[SentForm, form_page(Role.DECISION_MAKER)]


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """The questions of one outcome, and the templates that ask and show them."""

    questions: Form
    ask: str
    check: str


FORMS: dict[str, DecisionForm] = {
    "award": DecisionForm(
        Form(Money(name="amount_pence", label="Amount of the grant"), DECIDED_ON, REASONS),
        "assessor/award.html",
        "assessor/check_award.html",
    ),
    "decline": DecisionForm(
        Form(DECIDED_ON, REASONS, WAY_FORWARD), "assessor/decline.html", "assessor/check_decline.html"
    ),
}


@router.get("/assessor/decisions")
async def list_decisions(page: DecidersPage) -> Response:
    """What can be decided, what waits for scores, and what is decided."""
    lines = Lines.validate_python(await page.services.assessment.get("/assessments"))
    return render(
        page.request,
        "assessor/decisions.html",
        to_decide=[line for line in lines if line.to_do == "decide"],
        waiting=[line for line in lines if line.to_do == "wait_for_scores"],
        others=[line for line in lines if line.to_do not in {"decide", "wait_for_scores"}],
        words=TO_DO,
        decided=DONE,
    )


@router.get("/assessor/decisions/{application_id}")
async def show_decision(
    page: DecidersPage, application_id: UUID, done: Annotated[bool, Query()] = False
) -> Response:
    """The checks, the scores side by side, the applicant's words, and the decision with what became of it."""
    assessment = await read_assessment(page, application_id)
    decision = assessment.decision
    return render(
        page.request,
        "assessor/decision.html",
        **await facts_of(page, assessment),
        done=done,
        decider=name_of(page, decision.decided_by, "another decision-maker") if decision else None,
    )


@router.get("/assessor/decisions/{application_id}/{outcome}")
async def ask_for_decision(page: DecidersPage, application_id: UUID, outcome: Outcome) -> Response:
    """The form of an award or of a decline; what cannot be decided now leads back to the application."""
    assessment = await read_assessment(page, application_id)
    if assessment.to_do != "decide" or (outcome == "award" and not assessment.eligible):
        return see_other(f"/assessor/decisions/{application_id}")
    known = {"amount_pence": assessment.requested_pence} if outcome == "award" else {}
    return _ask(page, assessment, outcome, FORMS[outcome].questions.showing(known))


@router.post("/assessor/decisions/{application_id}/{outcome}")
async def take_decision(
    sent: DecidersForm, application_id: UUID, outcome: Outcome, step: Step = "check"
) -> Response:
    """Check what was typed, show it to be checked by its writer, change it, or decide."""
    assessment = await read_assessment(sent, application_id)
    filled = sent.read(FORMS[outcome].questions)
    if step == "change":
        return _ask(sent, assessment, outcome, as_new(filled))
    if filled.ok and step == "send":
        filled = await _decide(sent, application_id, outcome, filled)
        if filled.ok:
            return see_other(f"/assessor/decisions/{application_id}?done=1")
    if not filled.ok:
        return _ask(sent, assessment, outcome, filled, 422)
    return render(
        sent.request, FORMS[outcome].check, assessment=assessment, filled=filled, typed=typed(filled)
    )


async def _decide(sent: SentForm, application_id: UUID, outcome: Outcome, filled: Filled) -> Filled:
    body = {**filled.values, "outcome": outcome, "decided_on": str(filled.values["decided_on"])}
    if outcome == "award":
        body["award_id"] = str(sent.id_for("award"))
    path = f"/assessments/{application_id}/decision"
    return await attempt(filled, sent.services.assessment.post(path, body, key=sent.idempotency_key))


def _ask(
    page: Page, assessment: Assessment, outcome: Outcome, form: Filled, status_code: int = 200
) -> Response:
    return kept_by_the_browser(
        render(
            page.request,
            FORMS[outcome].ask,
            status_code=status_code,
            form=form,
            assessment=assessment,
            longest=LONGEST,
        )
    )
