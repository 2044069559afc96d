"""The approved energy statement of a development, and the page of an agreement's sums."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page
from services.portal.layout.forms import Filled
from services.portal.officer.agreements import START, read_agreement
from services.portal.officer.pricing.books import Calculation, Calculations, Statement, Statements
from services.portal.officer.pricing.forms import STATEMENT
from services.portal.officer.pricing.words import STAGES
from services.portal.officer.rules import OfficersForm, OfficersPage, RegisterPage
from services.portal.officer.showing import show
from services.portal.officer.triggers.reading import read_progress, read_triggers
from services.portal.officer.triggers.words import report, why
from services.portal.sending import as_json, attempt, see_other

router = APIRouter(include_in_schema=False)

SUMS = f"{START}/{{agreement_id}}/sums"
DONE = {
    "statement": "The energy statement is recorded. Next, add the clause whose sum is worked out from it.",
    "clause": "The clause is recorded. Next, record how far the site has come when you hear of it.",
    "progress": "The report is recorded. Triggers that it meets are listed below for you to confirm.",
    "withdrawn": "The report is withdrawn. It proposes no trigger any more.",
}


@router.get(SUMS)
async def show_sums(page: RegisterPage, agreement_id: UUID, done: str = "") -> Response:
    """How an agreement's sums were worked out, from what, and how far its site has come."""
    return show(
        page,
        "officer/pricing/sums.html",
        agreement=await read_agreement(page, agreement_id),
        calculations=await read_calculations(page, agreement_id),
        statements=await read_statements(page, agreement_id),
        progress=await read_progress(page, agreement_id),
        triggers=(await read_triggers(page, agreement_id=agreement_id)).triggers,
        stages=dict(STAGES),
        why=why,
        report=report,
        said=DONE.get(done),
    )


@router.get(f"{START}/{{agreement_id}}/statements/new")
async def ask_for_statement(page: OfficersPage, agreement_id: UUID) -> Response:
    """The form for an energy statement."""
    return await _form(page, agreement_id, STATEMENT.blank())


@router.post(f"{START}/{{agreement_id}}/statements/new")
async def record_statement(sent: OfficersForm, agreement_id: UUID) -> Response:
    """Record the statement, and go back to the agreement's sums."""
    filled = sent.read(STATEMENT)
    if filled.ok:
        given = {name: as_json(value) for name, value in filled.values.items() if value is not None}
        told = {**given, "statement_id": str(sent.id_for("statement"))}
        path = f"/agreements/{agreement_id}/energy-statements"
        filled = await attempt(filled, sent.services.contributions.post(path, told, key=sent.idempotency_key))
        if filled.ok:
            return see_other(f"{SUMS.format(agreement_id=agreement_id)}?done=statement")
    return await _form(sent, agreement_id, filled, 422)


async def read_statements(page: Page, agreement_id: UUID) -> tuple[Statement, ...]:
    """The energy statements of an agreement."""
    path = f"/agreements/{agreement_id}/energy-statements"
    return Statements.validate_python(await page.services.contributions.get(path))


async def read_calculations(page: Page, agreement_id: UUID) -> tuple[Calculation, ...]:
    """How the sums of an agreement were worked out."""
    path = f"/agreements/{agreement_id}/calculations"
    return Calculations.validate_python(await page.services.contributions.get(path))


async def _form(page: Page, agreement_id: UUID, form: Filled, status_code: int = 200) -> Response:
    return show(
        page,
        "officer/pricing/statement_form.html",
        status_code=status_code,
        form=form,
        agreement=await read_agreement(page, agreement_id),
        stages=STAGES,
    )
