"""Dated editions of wards: the list, one edition, and entering the next one from a file or by hand."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.datastructures import UploadFile

from services.portal.identity.pages_rule import Page
from services.portal.layout.forms import Filled
from services.portal.officer.register.books import WardEdition, WardEditions
from services.portal.officer.register.forms import WARD_EDITION
from services.portal.officer.register.ward_files import read_wards
from services.portal.officer.rules import RegisterPage, WardsForm, WardsPage
from services.portal.officer.showing import show
from services.portal.sending import attempt, body, see_other
from shared.errors import Problem

router = APIRouter(include_in_schema=False)

START = "/officer/wards"
ASKED = ("organisation", "name", "valid_from", "source")
NO_WARDS = Problem("file", "Select a CSV file of wards, or type them into the box")


@router.get(START)
async def list_editions(page: RegisterPage) -> Response:
    """The editions of wards, the newest first."""
    return show(page, "officer/register/wards.html", editions=await _editions(page))


@router.get(f"{START}/new")
async def ask_for_edition(page: WardsPage) -> Response:
    """The form for one more edition; the organisation is that of the newest."""
    editions = await _editions(page)
    known: Mapping[str, object] = {"organisation": editions[0].organisation} if editions else {}
    return _form(page, WARD_EDITION.showing(known))


@router.post(f"{START}/new")
async def record_edition(sent: WardsForm) -> Response:
    """Record the edition, and show it."""
    filled = await _with_wards(sent.read(WARD_EDITION))
    if filled.ok:
        edition_id = sent.id_for("edition")
        told = {**body(filled, *ASKED, edition_id=edition_id), "wards": filled.values["read"]}
        call = sent.services.contributions.post("/ward-editions", told, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/{edition_id}")
    return _form(sent, filled, 422)


@router.get(f"{START}/{{edition_id}}")
async def show_edition(page: RegisterPage, edition_id: UUID) -> Response:
    """One edition with its wards."""
    told = await page.services.contributions.get(f"/ward-editions/{edition_id}")
    return show(page, "officer/register/ward_edition.html", edition=WardEdition.model_validate(told))


async def _with_wards(filled: Filled) -> Filled:
    """The form with the wards of its file, or else of its box, read."""
    file, typed = filled.values.get("file"), filled.values.get("wards")
    content = await file.read() if isinstance(file, UploadFile) else str(typed or "").encode()
    wards = read_wards(content)
    if not wards and filled.ok:
        return filled.with_problems([NO_WARDS])
    return Filled(filled.form, filled.sent, {**filled.values, "read": wards}, filled.errors)


async def _editions(page: Page) -> tuple[WardEdition, ...]:
    return WardEditions.validate_python(await page.services.contributions.get("/ward-editions"))


def _form(page: Page, form: Filled, status_code: int = 200) -> Response:
    return show(page, "officer/register/ward_edition_form.html", status_code=status_code, form=form)
