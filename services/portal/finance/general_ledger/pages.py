"""The general ledger's pages: where it stands, its files, and what its lines are."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.datastructures import UploadFile

from services.portal.finance.general_ledger import forms
from services.portal.finance.general_ledger.books import Files, Lines, Movements, Preview, Proposal, Proposals
from services.portal.finance.ledger.books import Accounts
from services.portal.finance.people import names_of
from services.portal.finance.periods.books import AllPeriods
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.csv_files import csv_response
from services.portal.layout.forms import Filled
from services.portal.officer.rules import RegisterPage
from services.portal.officer.showing import show
from services.portal.sending import attempt, body, see_other
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

START = "/finance/general-ledger"
FILE = f"{START}/files/{{file_id}}"
WORKERS = (Role.PAYMENT_REQUESTER, Role.PAYMENT_APPROVER, Role.FUND_MANAGER)
WorkersPage = Annotated[Page, page(*WORKERS)]
WorkersForm = Annotated[SentForm, form_page(*WORKERS)]
State = Literal["open", "disputed", "explained", "matched"]
API = "/general-ledger"
MONTHS_SHOWN = 12


@router.get(START)
async def show_where_it_stands(page: RegisterPage, organisation: str = "", done: str = "") -> Response:
    """How many lines wait for a decision, the months, and the files."""
    return await _overview(page, organisation, done=done)


@router.post(START)
async def send_file(sent: WorkersForm) -> Response:
    """Send a file, and look at it before it is imported."""
    filled = sent.read(forms.upload(await _organisations(sent)))
    file_id = sent.id_for("general ledger file")
    if filled.ok:
        fields = {"file_id": str(file_id), "organisation": str(filled.values["organisation"])}
        files = {"file": await _upload(filled.values["file"])}
        call = sent.services.contributions.upload(f"{API}/files", files, fields, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/files/{file_id}")
    return await _overview(sent, str(filled.values.get("organisation") or ""), filled, 422)


@router.get(FILE)
async def show_file(page: RegisterPage, file_id: UUID) -> Response:
    """What an import would bring, or brought."""
    return _file(page, await _preview(page, file_id))


@router.post(f"{FILE}/columns")
async def choose_columns(sent: WorkersForm, file_id: UUID) -> Response:
    """Read the file by other columns."""
    preview = await _preview(sent, file_id)
    filled = sent.read(forms.columns(preview))
    if filled.ok:
        told = {name: value for name, value in body(filled).items() if value is not None}
        path = f"{API}/files/{file_id}/columns"
        call = sent.services.contributions.post(path, told, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/files/{file_id}")
    return _file(sent, preview, filled, 422)


@router.post(f"{FILE}/import")
async def import_file(sent: WorkersForm, file_id: UUID) -> Response:
    """Import the lines of the file."""
    path = f"{API}/files/{file_id}/import"
    preview = await _preview(sent, file_id)
    call = sent.services.contributions.post(path, key=sent.idempotency_key)
    filled = await attempt(forms.columns(preview).blank(), call)
    if filled.ok:
        return see_other(f"{START}/files/{file_id}")
    return _file(sent, preview, filled, 422)


@router.get(f"{FILE}/problems.csv")
async def download_problems(page: RegisterPage, file_id: UUID) -> Response:
    """The rows that cannot be taken, as a file."""
    preview = await _preview(page, file_id)
    problems = preview.problems or preview.file.problems
    rows = [(each.row, each.field, each.message) for each in problems]
    return csv_response("general ledger rows.csv", ("Row", "Column", "What to do"), rows)


@router.get(f"{START}/match")
async def propose_matches(page: WorkersPage, organisation: str) -> Response:
    """What open lines probably are, all ticked: a person confirms."""
    found = await _proposals(page, organisation)
    ticked = {"matches": [value for value, _ in forms.match_options(found)]}
    return _match(page, organisation, forms.matches(found).showing(ticked), found)


@router.post(f"{START}/match")
async def confirm_matches(sent: WorkersForm, organisation: str) -> Response:
    """Confirm the ticked matches together."""
    found = await _proposals(sent, organisation)
    filled = sent.read(forms.matches(found))
    if filled.ok:
        chosen = [str(each).partition(".") for each in _texts(filled, "matches")]
        told = {
            "organisation": organisation,
            "matches": [{"line_id": line_id, "movement_id": movement} for line_id, _, movement in chosen],
        }
        call = sent.services.contributions.post(f"{API}/matches", told, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}?organisation={organisation}&done=matched")
    return _match(sent, organisation, filled, found, 422)


@router.get(f"{START}/lines")
async def list_lines(
    page: RegisterPage, organisation: str, state: State = "open", cursor: str | None = None
) -> Response:
    """Lines in one state, to be explained, disputed or opened again."""
    lines = await _lines(page, organisation, state, cursor)
    return _decide(page, organisation, state, lines, forms.decision(lines.lines).blank(), cursor=cursor)


@router.post(f"{START}/lines")
async def decide_lines(
    sent: WorkersForm, organisation: str, state: State = "open", cursor: str | None = None
) -> Response:
    """Decide of the ticked lines together."""
    lines = await _lines(sent, organisation, state, cursor)
    filled = sent.read(forms.decision(lines.lines))
    if filled.ok:
        told = body(filled, organisation=organisation)
        call = sent.services.contributions.post(f"{API}/decisions", told, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}?organisation={organisation}&done=decided")
    return _decide(sent, organisation, state, lines, filled, 422, cursor=cursor)


@router.get(f"{START}/missing")
async def list_missing(page: RegisterPage, organisation: str) -> Response:
    """Movements that the general ledger lacks."""
    return await _missing(page, organisation)


@router.post(f"{START}/missing")
async def explain_missing(sent: WorkersForm, organisation: str) -> Response:
    """Say why the general ledger lacks the ticked movements."""
    told = await sent.services.contributions.get(f"{API}/missing", organisation=organisation)
    filled = sent.read(forms.explanation(Movements.validate_python(told)))
    if filled.ok:
        content = body(filled, organisation=organisation)
        call = sent.services.contributions.post(f"{API}/explanations", content, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}?organisation={organisation}&done=explained")
    return await _missing(sent, organisation, filled, 422)


async def _overview(
    page: Page, organisation: str, form: Filled | None = None, status_code: int = 200, *, done: str = ""
) -> Response:
    organisations = await _organisations(page)
    chosen = organisation if organisation in organisations else next(iter(organisations), "")
    get = page.services.contributions.get
    context: Mapping[str, object] = {"files": ()}
    if chosen:
        periods = AllPeriods.validate_python(await get("/periods"))
        context = {
            "counts": (await _lines(page, chosen, "open", None)).counts,
            "files": Files.validate_python(await get(f"{API}/files", organisation=chosen)),
            "signed": {each["first_on"]: each for each in await get(f"{API}/months", organisation=chosen)},
            "months": next(each for each in periods if each.organisation == chosen).months[:MONTHS_SHOWN],
        }
    return show(
        page,
        "finance/general_ledger/overview.html",
        status_code,
        form=form or forms.upload(organisations).showing({"organisation": chosen}),
        organisations=organisations,
        chosen=chosen,
        done=done,
        may_work=page.person.caller.has(*WORKERS),
        names=names_of(page),
        **context,
    )


async def _organisations(page: Page) -> list[str]:
    accounts = Accounts.validate_python(await page.services.contributions.get("/accounts"))
    return list(dict.fromkeys(each.organisation for each in accounts))


async def _preview(page: Page, file_id: UUID) -> Preview:
    return Preview.model_validate(await page.services.contributions.get(f"{API}/files/{file_id}"))


async def _proposals(page: Page, organisation: str) -> list[Proposal]:
    told = await page.services.contributions.get(f"{API}/proposals", organisation=organisation)
    return Proposals.validate_python(told)


async def _lines(page: Page, organisation: str, state: State, cursor: str | None) -> Lines:
    told = await page.services.contributions.get(
        f"{API}/lines", organisation=organisation, state=state, cursor=cursor
    )
    return Lines.model_validate(told)


async def _upload(file: object) -> tuple[str, bytes, str]:
    """The file under a plain name of ours: the name it came with is never trusted."""
    assert isinstance(file, UploadFile)
    kind = PurePath(file.filename or "").suffix.lower()
    return f"general-ledger{kind if kind.isascii() else ''}", await file.read(), "application/octet-stream"


def _texts(filled: Filled, name: str) -> tuple[str, ...]:
    value = filled.values[name]
    assert isinstance(value, tuple)
    return value


def _file(page: Page, preview: Preview, form: Filled | None = None, status_code: int = 200) -> Response:
    chosen = {name: value for name, value in preview.columns.items() if value}
    filled = form or forms.columns(preview).showing(chosen)
    return show(
        page,
        "finance/general_ledger/file.html",
        status_code,
        preview=preview,
        form=filled,
        meanings=forms.MEANINGS,
        signs=forms.SIGNS,
        names=names_of(page),
        may_work=page.person.caller.has(*WORKERS),
    )


def _match(
    page: Page, organisation: str, form: Filled, found: list[Proposal], status_code: int = 200
) -> Response:
    return show(
        page,
        "finance/general_ledger/match.html",
        status_code,
        form=form,
        organisation=organisation,
        options=forms.match_options(found),
    )


def _decide(
    page: Page,
    organisation: str,
    state: State,
    lines: Lines,
    form: Filled,
    status_code: int = 200,
    *,
    cursor: str | None,
) -> Response:
    return show(
        page,
        "finance/general_ledger/lines.html",
        status_code,
        form=form,
        organisation=organisation,
        state=state,
        lines=lines,
        options=forms.line_options(lines.lines),
        may_work=page.person.caller.has(*WORKERS),
        cursor=cursor,
        decisions=forms.DECISIONS,
    )


async def _missing(
    page: Page, organisation: str, form: Filled | None = None, status_code: int = 200
) -> Response:
    told = await page.services.contributions.get(f"{API}/missing", organisation=organisation)
    movements = Movements.validate_python(told)
    waiting = [each for each in movements if each.reason is None]
    filled = form or forms.explanation(waiting).blank()
    return show(
        page,
        "finance/general_ledger/missing.html",
        status_code,
        form=filled,
        organisation=organisation,
        options=[(str(each.movement_id), forms.movement_words(each)) for each in waiting],
        may_work=page.person.caller.has(*WORKERS),
        explained=[each for each in movements if each.reason is not None],
    )
