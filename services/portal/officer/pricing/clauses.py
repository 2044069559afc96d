"""Adding a clause: how its sum is set, its tranches, a look at the working, and only then the record.

What was typed travels in the page that shows it once more, with the key of the form it was typed into: going
back, reloading or pressing twice never records a clause twice.
"""

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.clients import ServiceProblem
from services.portal.identity.pages_rule import Page, SentForm
from services.portal.layout.forms import Filled
from services.portal.officer.agreements import START as AGREEMENTS
from services.portal.officer.agreements import read_agreement, read_wards
from services.portal.officer.books import Agreement
from services.portal.officer.pricing.books import Policies, Policy, Workings
from services.portal.officer.pricing.clause_form import (
    START,
    ClauseAnswers,
    ClauseForm,
    earlier_options,
    policy_options,
    statement_options,
)
from services.portal.officer.pricing.statements import SUMS, read_calculations, read_statements
from services.portal.officer.pricing.words import METHODS
from services.portal.officer.rules import OfficersForm, OfficersPage
from services.portal.officer.showing import show
from services.portal.officer.triggers.words import TRIGGER_KINDS
from services.portal.officer.words import today
from services.portal.sending import BESIDE_THE_FORM, attempt, see_other, told
from services.portal.words import PURPOSES

router = APIRouter(include_in_schema=False)

NEW = f"{AGREEMENTS}/{{agreement_id}}/clauses/new"
CHECK = f"{AGREEMENTS}/{{agreement_id}}/clauses/check"


@router.get(NEW)
async def ask_for_clause(page: OfficersPage, agreement_id: UUID) -> Response:
    """First how the sum is set and in how many parts; then the form that this needs."""
    agreement = await read_agreement(page, agreement_id)
    chosen = START.read(dict(page.request.query_params), today())
    if not page.request.query_params.get("method"):
        return _start(page, agreement, START.showing({"tranches": 1}))
    if not chosen.ok:
        return _start(page, agreement, chosen, 422)
    asked = await _asked(page, agreement)
    return await _form(page, agreement, asked, asked.form.showing(_proposed(asked)))


@router.post(CHECK)
async def check_clause(sent: OfficersForm, agreement_id: UUID) -> Response:
    """The sum step by step and what each part is, before anything is recorded."""
    agreement = await read_agreement(sent, agreement_id)
    asked = await _asked(sent, agreement)
    filled = _read(sent, asked)
    if sent.fields.get("change"):
        return await _form(sent, agreement, asked, asked.form.read(sent.fields, today()))
    if filled.ok:
        answers = ClauseAnswers.of(asked, filled)
        filled, workings = await _work_out(sent, agreement_id, answers, filled)
        if workings:
            return _check(sent, agreement, answers, filled, workings)
    return await _form(sent, agreement, asked, filled, 422)


@router.post(NEW)
async def record_clause(sent: OfficersForm, agreement_id: UUID) -> Response:
    """Record the clause with all its parts, and go to the agreement's sums."""
    agreement = await read_agreement(sent, agreement_id)
    asked = await _asked(sent, agreement)
    filled = _read(sent, asked)
    if filled.ok:
        ids = {part: sent.id_for(part) for part in ("calculation", *asked.parts)}
        body = ClauseAnswers.of(asked, filled).body(ids)
        path = f"/agreements/{agreement_id}/clauses"
        call = sent.services.contributions.post(path, body, key=sent.idempotency_key)
        filled = await attempt(filled, call, asked.names)
        if filled.ok:
            return see_other(f"{SUMS.format(agreement_id=agreement_id)}?done=clause")
    return await _form(sent, agreement, asked, filled, 422)


async def _asked(page: Page, agreement: Agreement) -> ClauseForm:
    """The form for the method and number of parts that the address names."""
    chosen = START.read(dict(page.request.query_params), today())
    method, count = chosen.values.get("method"), chosen.values.get("tranches")
    method, count = str(method or "fixed"), count if isinstance(count, int) else 1
    if method != "policy":
        return ClauseForm(method=method, count=count)
    policies = await _policies(page, agreement.organisation)
    return ClauseForm(
        method=method,
        count=count,
        policies=policy_options(policies),
        statements=statement_options(await read_statements(page, agreement.agreement_id)),
        earlier=earlier_options(await read_calculations(page, agreement.agreement_id)),
        has_fee=any(version.management_fee_percent for each in policies for version in each.versions),
    )


async def _policies(page: Page, organisation: str) -> tuple[Policy, ...]:
    answer = await page.services.contributions.get("/price-policies", organisation=organisation)
    return Policies.model_validate(answer).policies


def _proposed(asked: ClauseForm) -> dict[str, object]:
    """What a form with nothing typed into it proposes: the only policy version or statement there is."""
    single = {"policy_id": asked.policies, "statement_id": asked.statements}
    return {name: options[0][0] for name, options in single.items() if len(options) == 1}


def _read(sent: SentForm, asked: ClauseForm) -> Filled:
    filled = sent.read(asked.form)
    return filled.with_problems(ClauseAnswers.of(asked, filled).problems()) if filled.ok else filled


async def _work_out(
    page: Page, agreement_id: UUID, answers: ClauseAnswers, filled: Filled
) -> tuple[Filled, Workings | None]:
    """The working, or the form with what is wrong with it."""
    path = f"/agreements/{agreement_id}/workings"
    try:
        answer = await page.services.contributions.get(path, **answers.sum, percents=answers.percents)
    except ServiceProblem as refusal:
        if refusal.status not in BESIDE_THE_FORM:
            raise
        return filled.with_problems(told(refusal), answers.asked.names), None
    return filled, Workings.model_validate(answer)


def _start(page: Page, agreement: Agreement, form: Filled, status_code: int = 200) -> Response:
    return show(
        page,
        "officer/pricing/clause_start.html",
        status_code=status_code,
        agreement=agreement,
        form=form,
        methods=METHODS,
    )


async def _form(
    page: Page, agreement: Agreement, asked: ClauseForm, form: Filled, status_code: int = 200
) -> Response:
    return show(
        page,
        "officer/pricing/clause_form.html",
        status_code=status_code,
        agreement=agreement,
        asked=asked,
        form=form,
        purposes=PURPOSES,
        kinds_of_trigger=TRIGGER_KINDS,
        wards=await read_wards(page),
    )


def _check(
    sent: SentForm, agreement: Agreement, answers: ClauseAnswers, filled: Filled, workings: Workings
) -> Response:
    return show(
        sent,
        "officer/pricing/clause_check.html",
        agreement=agreement,
        asked=answers.asked,
        values=filled.values,
        workings=workings,
        percents=answers.percents,
        kinds_of_trigger=dict(TRIGGER_KINDS),
        typed={name: filled.text(name) for name in answers.asked.boxes if filled.text(name)},
        once=sent.idempotency_key,
    )
