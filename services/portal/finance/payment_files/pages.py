"""Handing approved payments to the finance system, and taking back what it paid."""

from pathlib import PurePath
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.datastructures import UploadFile

from services.portal.finance.payment_files.books import PaymentFiles, Return
from services.portal.finance.payments import BOTH, FinanceForm, FinancePage
from services.portal.finance.people import names_of
from services.portal.identity.pages_rule import Page
from services.portal.layout.csv_files import csv_response
from services.portal.layout.fields import Choice, File, Text
from services.portal.layout.forms import Filled, Form
from services.portal.officer.rules import RegisterPage
from services.portal.officer.showing import show
from services.portal.officer.words import Tag
from services.portal.sending import attempt, body, see_other

router = APIRouter(include_in_schema=False)

START = "/finance/payment-files"
LARGEST_BYTES = 5_000_000
NUMBER = Form(Text(name="supplier_number", label="Supplier number", longest=30))
OUTCOMES = {
    "paid": Tag("Paid", "green"),
    "known": Tag("Known already", "grey"),
    "refused": Tag("Refused", "red"),
}


@router.get(START)
async def show_files(page: RegisterPage, done: str = "") -> Response:
    """What waits to be handed over, the files, and what finance gave back."""
    return await _show(page, done=done)


@router.post(f"{START}/export")
async def export_payments(sent: FinanceForm) -> Response:
    """Put every approved payment into a file."""
    organisation = str(sent.fields.get("organisation") or "")
    told = {"batch_id": str(sent.id_for("payment file")), "organisation": organisation}
    call = sent.services.contributions.post("/payment-files", told, key=sent.idempotency_key)
    filled = await attempt(Form().blank(), call)
    return see_other(f"{START}?done=exported") if filled.ok else await _show(sent, filled, 422)


@router.get(f"{START}/{{batch_id}}.csv")
async def download_file(page: RegisterPage, batch_id: UUID) -> Response:
    """A file exactly as it was handed over."""
    file = await page.services.contributions.download(f"/payment-files/{batch_id}.csv")
    return Response(file.content, headers=file.headers)


@router.post(f"{START}/returns")
async def take_return(sent: FinanceForm) -> Response:
    """Take what finance gave back, and show what became of each row."""
    files = await _read(sent)
    filled = sent.read(_return_form(files))
    return_id = sent.id_for("payment return")
    if filled.ok:
        fields = {"return_id": str(return_id), "organisation": str(filled.values["organisation"])}
        uploads = {"file": await _upload(filled.values["file"])}
        call = sent.services.contributions.upload(
            "/payment-returns", uploads, fields, key=sent.idempotency_key
        )
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/returns/{return_id}")
    return await _show(sent, filled, 422)


@router.get(f"{START}/returns/{{return_id}}")
async def show_return(page: RegisterPage, return_id: UUID) -> Response:
    """What became of each row that finance gave back."""
    told = await _returned(page, return_id)
    return show(page, "finance/payment_files/return.html", returned=told, tags=OUTCOMES, names=names_of(page))


@router.get(f"{START}/returns/{{return_id}}/report.csv")
async def download_return(page: RegisterPage, return_id: UUID) -> Response:
    """The same as a file."""
    told = await _returned(page, return_id)
    rows = [(each.row, each.reference, each.voucher, each.outcome, each.message) for each in told.rows]
    headings = ("Row", "Payment reference", "Voucher", "Outcome", "What to do")
    return csv_response("what finance gave back.csv", headings, rows)


@router.get(f"{START}/supplier")
async def ask_for_number(page: FinancePage, organisation: str, grantee: str) -> Response:
    """The question under which number the finance system knows a grant holder."""
    known = [each for each in (await _read(page)).suppliers if each.grantee == grantee]
    number = known[0].supplier_number if known else None
    return _number(page, organisation, grantee, NUMBER.showing({"supplier_number": number}))


@router.post(f"{START}/supplier")
async def enter_number(sent: FinanceForm, organisation: str, grantee: str) -> Response:
    """Keep the grant holder's supplier number."""
    filled = sent.read(NUMBER)
    if filled.ok:
        told = body(filled, organisation=organisation, grantee=grantee)
        call = sent.services.contributions.post("/suppliers", told, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}?done=entered")
    return _number(sent, organisation, grantee, filled, 422)


async def _read(page: Page) -> PaymentFiles:
    return PaymentFiles.model_validate(await page.services.contributions.get("/payment-files"))


async def _returned(page: Page, return_id: UUID) -> Return:
    return Return.model_validate(await page.services.contributions.get(f"/payment-returns/{return_id}"))


def _return_form(files: PaymentFiles) -> Form:
    options = [(each, each) for each in files.organisations]
    return Form(
        Choice(name="organisation", label="Organisation", options=options),
        File(name="file", label="File", ask="the file that finance gave back", largest_bytes=LARGEST_BYTES),
    )


async def _show(
    page: Page, form: Filled | None = None, status_code: int = 200, *, done: str = ""
) -> Response:
    files = await _read(page)
    organisations = files.organisations
    first = organisations[0] if len(organisations) == 1 else None
    return show(
        page,
        "finance/payment_files/files.html",
        status_code,
        files=files,
        organisations=organisations,
        form=form or _return_form(files).showing({"organisation": first}),
        done=done,
        may_work=page.person.caller.has(*BOTH),
        names=names_of(page),
    )


def _number(page: Page, organisation: str, grantee: str, form: Filled, status_code: int = 200) -> Response:
    return show(
        page,
        "finance/payment_files/supplier.html",
        status_code,
        form=form,
        organisation=organisation,
        grantee=grantee,
    )


async def _upload(file: object) -> tuple[str, bytes, str]:
    """The file under a plain name of ours: the name it came with is never trusted."""
    assert isinstance(file, UploadFile)
    kind = PurePath(file.filename or "").suffix.lower()
    return f"returned{kind if kind.isascii() else ''}", await file.read(), "application/octet-stream"
