"""Terms of payment: what the deed says of growth, time to pay and late interest, recorded by obligation."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page
from services.portal.layout.forms import Filled
from services.portal.officer.agreements import START as AGREEMENTS
from services.portal.officer.agreements import read_agreement
from services.portal.officer.demands import forms
from services.portal.officer.demands.books import Terms
from services.portal.officer.demands.forms import TERMS
from services.portal.officer.indices.pages import read_all_series
from services.portal.officer.rules import OfficersForm, OfficersPage
from services.portal.officer.showing import show
from services.portal.sending import as_json, attempt, see_other

router = APIRouter(include_in_schema=False)

TERMS_OF = f"{AGREEMENTS}/{{agreement_id}}/obligations/{{obligation_id}}/payment-terms"
NAMES = {
    "late_interest.bank": "late_bank",
    "late_interest.margin_percent": "late_margin_percent",
}


@router.get(TERMS_OF)
async def ask_for_terms(page: OfficersPage, agreement_id: UUID, obligation_id: UUID) -> Response:
    """The form, filled in with the terms that hold."""
    path = f"/agreements/{agreement_id}/obligations/{obligation_id}/payment-terms"
    terms = Terms.model_validate(await page.services.contributions.get(path))
    return await _form(page, agreement_id, obligation_id, TERMS.showing(_shown(terms)))


@router.post(TERMS_OF)
async def record_terms(sent: OfficersForm, agreement_id: UUID, obligation_id: UUID) -> Response:
    """Record the terms, and go back to the agreement."""
    filled = sent.read(TERMS)
    if filled.ok:
        path = f"/agreements/{agreement_id}/obligations/{obligation_id}/payment-terms"
        call = sent.services.contributions.post(path, _body(filled), key=sent.idempotency_key)
        filled = await attempt(filled, call, NAMES)
        if filled.ok:
            return see_other(f"{AGREEMENTS}/{agreement_id}?done=payment-terms")
    return await _form(sent, agreement_id, obligation_id, filled, 422)


def _shown(terms: Terms) -> dict[str, object]:
    """The terms as the form's boxes hold them."""
    rule, late = terms.indexation, terms.late_interest
    return {
        **rule.model_dump(),
        "compounds": "yes" if rule.compounds else "no",
        "floor": "yes" if rule.floor else "no",
        "due": "trigger" if terms.days_to_pay is None else "days",
        "days_to_pay": terms.days_to_pay,
        "late_bank": late and late.bank,
        "late_margin_percent": late and late.margin_percent,
        "late_compounding": late.compounding if late else "simple",
        "clause": terms.clause,
    }


def _body(filled: Filled) -> dict[str, object]:
    """The terms as contributions takes them; what belongs to another choice is left out."""
    values = {name: as_json(value) for name, value in filled.values.items()}
    by_index, by_percent = values["basis"] == "index", values["basis"] == "fixed_percent"
    late = {
        "bank": values["late_bank"],
        "margin_percent": values["late_margin_percent"] or "0",
        "compounding": values["late_compounding"],
    }
    days = 28 if values["days_to_pay"] is None else values["days_to_pay"]
    return {
        "clause": values["clause"],
        "indexation": {
            **{name: values[name] for name in ("basis", "base_on", "base_month", "end_day", "end_month")},
            "series_id": values["series_id"] if by_index else None,
            "yearly_percent": values["yearly_percent"] if by_percent else None,
            "compounds": values["compounds"] == "yes",
            "floor": values["floor"] == "yes",
            "rounding": values["rounding"],
        },
        "days_to_pay": None if values["due"] == "trigger" else days,
        "late_interest": late if values["late_bank"] else None,
    }


async def _form(
    page: Page, agreement_id: UUID, obligation_id: UUID, form: Filled, status_code: int = 200
) -> Response:
    agreement = await read_agreement(page, agreement_id)
    return show(
        page,
        "officer/demands/terms_form.html",
        status_code=status_code,
        form=form,
        agreement=agreement,
        obligation=agreement.obligation(obligation_id),
        path=TERMS_OF.format(agreement_id=agreement_id, obligation_id=obligation_id),
        all_series=[(str(each.series_id), each.name) for each in await read_all_series(page)],
        options=forms,
    )
