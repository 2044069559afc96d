"""Section "What the works will cost": a list of costs, each with its VAT and the quote behind it."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.applicant.drafts import Draft, open_draft
from services.portal.applicant.places import Place, row_number
from services.portal.applicant.questions import QuestionPage
from services.portal.applicant.rows import Line, RowsPage
from services.portal.applicant.wording import YES_NO, yes_no
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.fields import Choice, Field, Money, Text
from services.portal.layout.filters import pounds
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)


def cost_fields(_draft: Draft) -> tuple[Field, ...]:
    """What it is, what it costs, whether the fund may share it, and who quoted it."""
    return (
        Text(name="description", label="Description", ask="what the cost is for"),
        Money(name="net_pence", label="Cost without VAT", example="12500.00"),
        Money(name="vat_pence", label="VAT", ask="the VAT", example="2500.00, or 0", may_be_zero=True),
        Choice(
            name="vat_recoverable",
            label="VAT recovery",
            ask="whether you can get the VAT back",
            options=YES_NO,
            required=False,
        ),
        Choice(
            name="eligible",
            label="Part of the works",
            ask="whether this is a cost of the works",
            options=YES_NO,
        ),
        Text(name="quote_supplier", label="Supplier", required=False),
        Text(name="quote_reference", label="Reference of the quote", required=False),
    )


def lines(row: Mapping[str, Any]) -> list[Line]:
    """A cost as its list shows it."""
    recoverable = yes_no(row.get("vat_recoverable")) or ("Not needed" if not row.get("vat_pence") else None)
    return [
        ("Cost without VAT", _pounds(row.get("net_pence")), ""),
        ("VAT", _pounds(row.get("vat_pence")), ""),
        ("Can you get the VAT back?", recoverable, ""),
        ("Is it a cost of the works?", yes_no(row.get("eligible")), ""),
        ("Quote", _quote(row), ""),
    ]


def _pounds(pence: int | None) -> str | None:
    return None if pence is None else pounds(pence)


def _quote(row: Mapping[str, Any]) -> str:
    parts = [row.get("quote_supplier"), row.get("quote_reference")]
    return ", ".join(str(part) for part in parts if part) or "No quote"


def list_path(draft: Draft, _place: Place) -> str:
    """The list of costs."""
    return draft.path("costs")


LIST = RowsPage(
    section="costs",
    folder="costs",
    thing="cost",
    template="costs.html",
    title_of=lambda row: str(row.get("description") or ""),
    lines_of=lines,
)
COST = QuestionPage(template="cost.html", fields=cost_fields, onward=list_path, back=list_path)


@router.get("/applicant/applications/{application_id}/costs")
async def show_costs(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """The list, with its sums."""
    return LIST.show(page, await open_draft(page, application_id))


@router.get("/applicant/applications/{application_id}/costs/{row}/remove")
async def ask_to_remove(
    application_id: UUID, row: str, page: Annotated[Page, page(Role.APPLICANT)]
) -> Response:
    """Whether to remove it."""
    return LIST.ask_to_remove(page, await open_draft(page, application_id), row_number(row))


@router.post("/applicant/applications/{application_id}/costs/{row}/remove")
async def remove(
    application_id: UUID, row: str, sent: Annotated[SentForm, form_page(Role.APPLICANT)]
) -> Response:
    """Remove it."""
    return await LIST.remove(sent, await open_draft(sent, application_id), row_number(row))


@router.get("/applicant/applications/{application_id}/costs/{row}")
async def show_cost(application_id: UUID, row: str, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """One cost."""
    return COST.show(page, await open_draft(page, application_id), Place("costs", row_number(row)))


@router.post("/applicant/applications/{application_id}/costs/{row}")
async def save_cost(
    application_id: UUID, row: str, sent: Annotated[SentForm, form_page(Role.APPLICANT)]
) -> Response:
    """One cost, saved."""
    return await COST.save(sent, await open_draft(sent, application_id), Place("costs", row_number(row)))
