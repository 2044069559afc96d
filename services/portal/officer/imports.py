"""Importing the three open-data files, and what was said of each row."""

from pathlib import PurePath
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from starlette.datastructures import UploadFile

from services.portal.clients import Upload
from services.portal.identity.pages_rule import Page, SentForm
from services.portal.layout.forms import Filled
from services.portal.officer.books import Exceptions, ImportReport
from services.portal.officer.forms import IMPORT
from services.portal.officer.rules import OfficersForm, OfficersPage
from services.portal.officer.showing import show
from services.portal.sending import attempt, see_other

router = APIRouter(include_in_schema=False)

START = "/officer/imports"
FILES = ("agreements", "contributions", "transactions")
ROWS_SHOWN = 50


@router.get(START)
async def ask_for_files(page: OfficersPage) -> Response:
    """The form for the three files."""
    return _form(page, IMPORT.blank())


@router.post(START)
async def import_files(sent: OfficersForm) -> Response:
    """Hand the files over, and go on to what was said of each row."""
    filled = sent.read(IMPORT)
    if filled.ok:
        import_id = sent.id_for("import")
        call = sent.services.contributions.upload(
            "/imports", await _uploads(filled), {"import_id": str(import_id)}, key=sent.idempotency_key
        )
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/{import_id}")
    return _form(sent, filled, 422)


@router.get(f"{START}/{{import_id}}")
async def show_import(
    page: OfficersPage, import_id: UUID, every: Annotated[bool, Query()] = False
) -> Response:
    """What the files brought: counts, sums, and the rows that need a look before all others."""
    report = ImportReport.model_validate(await page.services.contributions.get(f"/imports/{import_id}"))
    rows = report.rows if every else report.doubtful
    return show(
        page,
        "officer/import.html",
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


async def _uploads(filled: Filled) -> dict[str, Upload]:
    return {name: await _upload(filled.values[name], name) for name in FILES}


async def _upload(file: object, name: str) -> Upload:
    """The file under a plain name of ours: the name it came with is never trusted."""
    assert isinstance(file, UploadFile)
    kind = PurePath(file.filename or "").suffix.lower()
    return (f"{name}{kind if kind.isascii() else ''}", await file.read(), "text/csv")


def _form(page: Page | SentForm, form: Filled, status_code: int = 200) -> Response:
    return show(page, "officer/imports.html", status_code=status_code, form=form)
