"""Pots at risk, a later spend-by date, and what the deed says about spending."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.portal.identity.pages_rule import Page
from services.portal.layout.csv_files import Cell, csv_response
from services.portal.layout.forms import Filled
from services.portal.officer.agreements import START as AGREEMENTS
from services.portal.officer.agreements import read_agreement
from services.portal.officer.pots import START as POTS
from services.portal.officer.pots import in_pounds, read_pot
from services.portal.officer.rules import PotsPage, RecordersForm, RecordersPage
from services.portal.officer.showing import show
from services.portal.officer.spend_by.books import AtRisk, AtRiskPot
from services.portal.officer.spend_by.forms import COUNTS, EXTENSION, TERMS, WITH_INTEREST
from services.portal.sending import attempt, body, see_other
from services.portal.words import ORGANISATION_KINDS, plain

router = APIRouter(include_in_schema=False)

AT_RISK = "/officer/at-risk"
EXTEND = f"{POTS}/{{pot_id}}/extend"
TERMS_OF = f"{AGREEMENTS}/{{agreement_id}}/obligations/{{obligation_id}}/spending-terms"
BANDS = (
    (0, "The date has passed"),
    (3, "Within 3 months"),
    (6, "Within 6 months"),
    (12, "Within 12 months"),
    (18, "Within 18 months"),
)
CSV = (
    "Pot",
    "Spend by",
    "Days left",
    "Unspent, £",
    "Available, £",
    "What counts",
    "Purposes",
    "Wards",
    "Recipients",
    "Awards it could fund",
    "What they lack, £",
)
Months = Annotated[int, Query(ge=3, le=18)]


@router.get(AT_RISK)
async def show_at_risk(page: PotsPage, months: Months = 18) -> Response:
    """Pots with unspent money by how near their date is, the nearest first."""
    told = await _read(page, months)
    bands = [(words, [pot for pot in told.pots if pot.within_months == band]) for band, words in BANDS]
    return show(page, "officer/spend_by/at_risk.html", told=told, bands=[each for each in bands if each[1]])


@router.get(f"{AT_RISK}/at-risk.csv")
async def download_at_risk(page: PotsPage, months: Months = 18) -> Response:
    """The same as a file, a line for each pot."""
    told = await _read(page, months)
    return csv_response(f"pots at risk {told.as_at}.csv", CSV, map(_line, told.pots))


@router.get(EXTEND)
async def ask_for_extension(page: RecordersPage, pot_id: UUID) -> Response:
    """The form for a later date."""
    return await _extension_form(page, pot_id, EXTENSION.blank())


@router.post(EXTEND)
async def extend_spend_by(sent: RecordersForm, pot_id: UUID) -> Response:
    """Record the later date, and go back to the pot."""
    filled = sent.read(EXTENSION)
    if filled.ok:
        path = f"/pots/{pot_id}/extension"
        call = sent.services.contributions.post(path, body(filled), key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{POTS}/{pot_id}?done=extended")
    return await _extension_form(sent, pot_id, filled, 422)


@router.get(TERMS_OF)
async def ask_for_terms(page: RecordersPage, agreement_id: UUID, obligation_id: UUID) -> Response:
    """The form for what the deed says, filled in where it is known."""
    obligation = (await read_agreement(page, agreement_id)).obligation(obligation_id)
    with_interest = {True: "yes", False: "no", None: None}[obligation.refund_with_interest]
    known = {
        "spend_by_counts": obligation.spend_by_counts,
        "refund_with_interest": with_interest,
        "recipients": list(obligation.recipients) or None,
    }
    return await _terms_form(page, agreement_id, obligation_id, TERMS.showing(known))


@router.post(TERMS_OF)
async def state_terms(sent: RecordersForm, agreement_id: UUID, obligation_id: UUID) -> Response:
    """Record what the deed says, and go back to the agreement."""
    filled = sent.read(TERMS)
    if filled.ok:
        content = {
            "spend_by_counts": filled.values["spend_by_counts"],
            "refund_with_interest": filled.values["refund_with_interest"] == "yes",
            "recipients": list(filled.texts("recipients")),
        }
        path = f"/agreements/{agreement_id}/obligations/{obligation_id}/spending-terms"
        call = sent.services.contributions.post(path, content, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{AGREEMENTS}/{agreement_id}?done=terms")
    return await _terms_form(sent, agreement_id, obligation_id, filled, 422)


async def _read(page: Page, months: int) -> AtRisk:
    told = await page.services.contributions.get("/pots-at-risk", months=str(months))
    return AtRisk.model_validate(told)


def _line(pot: AtRiskPot) -> tuple[Cell, ...]:
    return (
        pot.reference,
        pot.spend_by_on,
        pot.days_left,
        in_pounds(pot.unspent_pence),
        in_pounds(pot.available_pence),
        pot.spend_by_counts or "not recorded",
        "; ".join(map(plain, pot.purposes)),
        "anywhere" if pot.anywhere else "; ".join(pot.wards),
        "; ".join(map(plain, pot.recipients)) or "any",
        len(pot.could_fund),
        in_pounds(sum(each.shortfall_pence for each in pot.could_fund)),
    )


async def _extension_form(page: Page, pot_id: UUID, form: Filled, status_code: int = 200) -> Response:
    statement = await read_pot(page, pot_id)
    return show(page, "officer/spend_by/extension_form.html", status_code, form=form, pot=statement.pot)


async def _terms_form(
    page: Page, agreement_id: UUID, obligation_id: UUID, form: Filled, status_code: int = 200
) -> Response:
    agreement = await read_agreement(page, agreement_id)
    return show(
        page,
        "officer/spend_by/terms_form.html",
        status_code,
        form=form,
        agreement=agreement,
        obligation=agreement.obligation(obligation_id),
        counts=COUNTS,
        with_interest=WITH_INTEREST,
        kinds_of_organisation=ORGANISATION_KINDS,
    )
