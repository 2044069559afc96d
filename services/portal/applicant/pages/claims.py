"""Claims of an accepted grant: the list with their states, and the form that makes one."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.applicant.dated import today
from services.portal.applicant.drafts import Draft, go_on, open_draft
from services.portal.applicant.saving_answers import content_key
from services.portal.applicant.wording import first_day
from services.portal.clients import ServiceProblem
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.fields import Choices, Day, Money, Text
from services.portal.layout.forms import Filled, Form
from services.portal.layout.templates import render
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

NOT_FOUND, UNPROCESSABLE = 404, 422
STATES = {
    "submitted": ("Waiting to be verified", "blue"),
    "verified": ("Verified, waiting to be paid", "turquoise"),
    "paid": ("Paid", "green"),
}


@router.get("/applicant/applications/{application_id}/claims")
async def show_claims(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """The claims, what is left of the grant, and the way to claim."""
    draft = await open_draft(page, application_id)
    if not draft.offer.get("accepted_on"):
        return go_on(draft.path())
    claims = [_line(claim) for claim in draft.told["claims"]]
    return render(page.request, "applicant/claims.html", draft=draft, claims=claims)


@router.get("/applicant/applications/{application_id}/claims/new")
async def ask_claim(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """What was done, how much is claimed, and which files show it; evidence comes first."""
    draft = await open_draft(page, application_id)
    if draft.status != "accepted":
        return go_on(draft.path())
    if not draft.told["evidence"]:
        return go_on(draft.path("evidence"))
    return _show(page, draft, _form(draft).showing({"claimed_on": today()}))


@router.post("/applicant/applications/{application_id}/claims/new")
async def claim(application_id: UUID, sent: Annotated[SentForm, form_page(Role.APPLICANT)]) -> Response:
    """Make the claim, once."""
    draft = await open_draft(sent, application_id)
    filled = sent.read(_form(draft))
    if not filled.ok:
        return _show(sent, draft, filled, UNPROCESSABLE)
    body = {"claim_id": str(sent.id_for("claim")), **_body(filled.values)}
    try:
        await sent.services.applications.post(f"/applications/{draft.id}/claims", body, key=content_key(sent))
    except ServiceProblem as problem:
        if problem.status == NOT_FOUND:
            raise
        return _show(sent, draft, filled.with_problems(problem.for_form), problem.status)
    return go_on(draft.path("claims"))


def _form(draft: Draft) -> Form:
    files = [(str(file["evidence_id"]), str(file["display_name"])) for file in draft.told["evidence"]]
    return Form(
        Text(name="milestone", label="What was done", ask="what was done"),
        Money(name="amount_pence", label="Amount you claim", example="30000.00"),
        Day(name="claimed_on", label="Date of the claim"),
        Choices(name="evidence_ids", label="Evidence", ask="at least one file that shows it", options=files),
    )


def _body(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _line(claim: Mapping[str, Any]) -> dict[str, Any]:
    label, colour = STATES.get(claim["status"], ("With the fund", "blue"))
    days = {name: first_day(claim[name]) for name in ("claimed_on", "verified_on", "paid_on")}
    return {**claim, **days, "label": label, "colour": colour}


def _show(page: Page, draft: Draft, form: Filled, status_code: int = 200) -> Response:
    files = [(file["evidence_id"], file["display_name"]) for file in draft.told["evidence"]]
    return render(
        page.request,
        "applicant/claim.html",
        status_code=status_code,
        form=form,
        draft=draft,
        files=files,
    )
