"""Importing a council's files: send them, look at what they would change, take them or throw them away."""

from asyncio import gather
from pathlib import PurePath
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from starlette.datastructures import UploadFile

from services.portal.clients import Upload
from services.portal.identity.pages_rule import Page, SentForm
from services.portal.layout.forms import Filled
from services.portal.officer.books import Exceptions, ImportReport
from services.portal.officer.imports import words
from services.portal.officer.imports.books import Differences, Draft, DraftRows, Drafts
from services.portal.officer.imports.forms import IMPORT, with_proposals
from services.portal.officer.record_keeping.books import record_keeping_of
from services.portal.officer.rules import OfficersForm, OfficersPage
from services.portal.officer.showing import show
from services.portal.sending import attempt, see_other

router = APIRouter(include_in_schema=False)

START = "/officer/imports"
DRAFTS = f"{START}/drafts"
FILES = ("agreements", "contributions", "transactions")
ROWS_SHOWN = 50
TO_LOOK_AT = ("refused", "warned")


@router.get(START)
async def ask_for_files(page: OfficersPage) -> Response:
    """The form for the three files, with the organisation of the files before."""
    drafts = await _drafts(page)
    known = {"organisation": drafts.drafts[0].organisation} if drafts.drafts else {}
    return _form(page, IMPORT.showing(known))


@router.post(START)
async def send_files(sent: OfficersForm) -> Response:
    """Hand the files over, and go on to what they would change."""
    filled = sent.read(IMPORT)
    if filled.ok:
        draft_id = sent.id_for("import")
        fields = {"draft_id": str(draft_id), "organisation": str(filled.values["organisation"])}
        call = sent.services.contributions.upload(
            "/import-drafts", await _uploads(filled), fields, key=sent.idempotency_key
        )
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{DRAFTS}/{draft_id}")
    return _form(sent, filled, 422)


@router.get(f"{START}/earlier")
async def list_earlier(page: OfficersPage, cursor: UUID | None = None) -> Response:
    """What was sent by whom and when, and what became of it."""
    drafts = await _drafts(page, cursor)
    return show(page, "officer/imports/earlier.html", drafts=drafts, states=words.STATES)


@router.get(f"{DRAFTS}/{{draft_id}}")
async def show_draft(
    page: OfficersPage,
    draft_id: UUID,
    every: Annotated[bool, Query()] = False,
    number: Annotated[int, Query(alias="page")] = 1,
) -> Response:
    """How far the files are; then what they would change, and the rows that need a look."""
    return await show_preview(page, draft_id, every=every, number=number)


@router.post(f"{DRAFTS}/{{draft_id}}/commit")
async def commit(sent: OfficersForm, draft_id: UUID) -> Response:
    """Have the files taken as the preview shows."""
    return await _do(sent, draft_id, "commit", f"{DRAFTS}/{draft_id}")


@router.get(f"{DRAFTS}/{{draft_id}}/differences")
async def list_differences(
    page: OfficersPage, draft_id: UUID, number: Annotated[int, Query(alias="page")] = 1
) -> Response:
    """What the files say otherwise than those before them; kept after they were taken."""
    contributions = page.services.contributions
    draft, found = await gather(
        contributions.get(f"/import-drafts/{draft_id}"),
        contributions.get(f"/import-drafts/{draft_id}/differences", page=number),
    )
    return show(
        page,
        "officer/imports/differences.html",
        draft=Draft.model_validate(draft),
        found=Differences.model_validate(found),
        kinds=words.DIFFERENCES,
    )


@router.post(f"{DRAFTS}/{{draft_id}}/differences")
async def decide_differences(sent: OfficersForm, draft_id: UUID) -> Response:
    """Take or leave what the files say otherwise; what they would change is then worked out anew."""
    body = {"takes_changes": sent.fields.get("takes_changes") == "true"}
    path = f"/import-drafts/{draft_id}/differences"
    await sent.services.contributions.post(path, body, key=sent.idempotency_key)
    return see_other(f"{DRAFTS}/{draft_id}")


@router.post(f"{DRAFTS}/{{draft_id}}/throw-away")
async def throw_away(sent: OfficersForm, draft_id: UUID) -> Response:
    """Forget the files."""
    return await _do(sent, draft_id, "throw-away", START)


@router.get(f"{DRAFTS}/{{draft_id}}/report.csv")
async def download_preview(page: OfficersPage, draft_id: UUID) -> Response:
    """What would become of every row, as contributions writes it."""
    file = await page.services.contributions.download(f"/import-drafts/{draft_id}/report.csv")
    return Response(file.content, headers=file.headers)


@router.get(f"{START}/{{import_id}}")
async def show_import(
    page: OfficersPage, import_id: UUID, every: Annotated[bool, Query()] = False
) -> Response:
    """What the files brought: counts, sums, and the rows that need a look before all others."""
    report = ImportReport.model_validate(await page.services.contributions.get(f"/imports/{import_id}"))
    rows = report.rows if every else report.doubtful
    return show(
        page,
        "officer/imports/report.html",
        report=report,
        rows=rows[:ROWS_SHOWN],
        left_out=max(len(rows) - ROWS_SHOWN, 0),
        every=every,
    )


@router.get(f"{START}/{{import_id}}/report.csv")
async def download_report(page: OfficersPage, import_id: UUID) -> Response:
    """What was said of every row, as contributions writes it."""
    file = await page.services.contributions.download(f"/imports/{import_id}/report.csv")
    return Response(file.content, headers=file.headers)


@router.get("/officer/exceptions")
async def list_exceptions(page: OfficersPage) -> Response:
    """Contributions whose sums cannot be right: no pot opens for them until an officer has looked."""
    found = Exceptions.validate_python(await page.services.contributions.get("/exceptions"))
    return show(page, "officer/exceptions.html", exceptions=found)


async def show_preview(
    page: Page | SentForm,
    draft_id: UUID,
    *,
    every: bool = False,
    number: int = 1,
    form: Filled | None = None,
    status_code: int = 200,
) -> Response:
    """The page of a draft in the state it is in; a form that was refused is shown again."""
    contributions = page.services.contributions
    asked = {"page": number} if every else {"page": number, "outcome": list(TO_LOOK_AT)}
    told, found, rows = await gather(
        contributions.get(f"/import-drafts/{draft_id}"),
        contributions.get(f"/import-drafts/{draft_id}/differences"),
        contributions.get(f"/import-drafts/{draft_id}/rows", **asked),
    )
    draft = Draft.model_validate(told)
    if draft.state == "committed":
        return see_other(f"{START}/{draft_id}")
    template = "preview" if draft.state == "previewed" else "under_way" if draft.is_under_way else "ended"
    return show(
        page,
        f"officer/imports/{template}.html",
        status_code=status_code,
        draft=draft,
        rows=DraftRows.model_validate(rows),
        found=Differences.model_validate(found),
        keeping=await record_keeping_of(page, draft.organisation),
        every=every,
        form=form or with_proposals(draft.unknown_codes),
        fields=words.FIELDS,
        codes=words.CODES,
    )


async def _do(sent: SentForm, draft_id: UUID, act: str, then: str) -> Response:
    call = sent.services.contributions.post(f"/import-drafts/{draft_id}/{act}", key=sent.idempotency_key)
    filled = await attempt(IMPORT.blank(), call)
    return see_other(then) if filled.ok else await show_preview(sent, draft_id, form=filled, status_code=409)


async def _drafts(page: Page, cursor: UUID | None = None) -> Drafts:
    return Drafts.model_validate(await page.services.contributions.get("/import-drafts", cursor=cursor))


async def _uploads(filled: Filled) -> dict[str, Upload]:
    return {name: await _upload(filled.values[name], name) for name in FILES}


async def _upload(file: object, name: str) -> Upload:
    """The file under a plain name of ours: the name it came with is never trusted."""
    assert isinstance(file, UploadFile)
    kind = PurePath(file.filename or "").suffix.lower()
    return (f"{name}{kind if kind.isascii() else ''}", await file.read(), "application/octet-stream")


def _form(page: Page | SentForm, form: Filled, status_code: int = 200) -> Response:
    return show(page, "officer/imports/send.html", status_code=status_code, form=form)
