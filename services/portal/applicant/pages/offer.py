"""The offer: what is offered, what accepting freezes as the promise, and the answer to it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.applicant.dated import DatedAct
from services.portal.applicant.drafts import Draft, go_on, open_draft
from services.portal.applicant.fields import confirmation
from services.portal.applicant.promise_in_words import worked_out
from services.portal.applicant.wording import first_day
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.fields import Day
from services.portal.layout.filters import day, pounds
from services.portal.layout.forms import Form
from services.portal.layout.templates import render
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

ACCEPTING = "The organisation accepts the grant and promises the saving shown in the offer"
DECLINING = "The organisation declines the grant"
ACCEPT = DatedAct(
    template="accept.html",
    form=Form(
        confirmation("confirmed", ACCEPTING, "Confirm that the organisation accepts the grant"),
        Day(name="accepted_on", label="Date you accept"),
    ),
    day="accepted_on",
    route="accept",
    state="offered",
)
DECLINE = DatedAct(
    template="decline.html",
    form=Form(
        confirmation("confirmed", DECLINING, "Confirm that the organisation declines the grant"),
        Day(name="declined_on", label="Date you decline"),
    ),
    day="declined_on",
    route="decline",
    state="offered",
)


@router.get("/applicant/applications/{application_id}/offer")
async def show_offer(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """The offer and the promise that goes with it."""
    draft = await open_draft(page, application_id)
    if not draft.offer:
        return go_on(draft.path())
    worked = await worked_out(page, application_id)
    return render(page.request, "applicant/offer.html", draft=draft, worked=worked, offer_rows=_rows(draft))


def _rows(draft: Draft) -> list[tuple[str, str]]:
    offer = draft.offer
    rows = [("Decided on", day(first_day(offer["decided_on"])))]
    if offer["accepted_on"]:
        rows.append(("You accepted on", day(first_day(offer["accepted_on"]))))
    if offer["declined_on"]:
        rows.append(("You declined on", day(first_day(offer["declined_on"]))))
    return [("Grant", pounds(offer["amount_pence"])), *rows]


@router.get("/applicant/applications/{application_id}/offer/accept")
async def show_accept(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """Accept it, and on which day."""
    return ACCEPT.show(page, await open_draft(page, application_id), words=ACCEPTING)


@router.post("/applicant/applications/{application_id}/offer/accept")
async def accept(application_id: UUID, sent: Annotated[SentForm, form_page(Role.APPLICANT)]) -> Response:
    """Accept it, once."""
    return await ACCEPT.carry_out(sent, await open_draft(sent, application_id), words=ACCEPTING)


@router.get("/applicant/applications/{application_id}/offer/decline")
async def show_decline(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """Decline it, and on which day."""
    return DECLINE.show(page, await open_draft(page, application_id), words=DECLINING)


@router.post("/applicant/applications/{application_id}/offer/decline")
async def decline(application_id: UUID, sent: Annotated[SentForm, form_page(Role.APPLICANT)]) -> Response:
    """Decline it, once."""
    return await DECLINE.carry_out(sent, await open_draft(sent, application_id), words=DECLINING)
