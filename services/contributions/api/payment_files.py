"""Payments through the council's finance system: supplier numbers, files of payments, and what comes back."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, UploadFile
from pydantic import BaseModel, ConfigDict

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.grants.enter_supplier import (
    EnterSupplier,
    SupplierEntered,
    enter_supplier,
)
from services.contributions.commands.grants.export_payments import (
    ExportPayments,
    PaymentsExported,
    export_payments,
)
from services.contributions.commands.grants.take_payment_return import (
    ReturnTaken,
    TakePaymentReturn,
    take_payment_return,
)
from services.contributions.queries.payment_files import (
    PaymentFilesView,
    ReturnView,
    payment_file_content,
    show_payment_files,
    show_payment_return,
)
from shared.web import Edge, Role, View, commands, read_upload, reads
from shared.web.files import CsvFile

router = APIRouter(tags=["payments"])

LIMIT_BYTES = 5 << 20
FINANCE = (Role.PAYMENT_REQUESTER, Role.PAYMENT_APPROVER)
ISLINGTON = "local-authority-eng:ISL"


class SupplierBody(BaseModel):
    """A grant holder, and the number that the finance system knows them by."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"organisation": ISLINGTON, "grantee": "Hillrise Hall", "supplier_number": "100482"}]
        }
    )

    organisation: str
    grantee: str
    supplier_number: str


class ExportBody(BaseModel):
    """Whose approved payments are put into a file; the caller names the file."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"batch_id": "0b0f7a52-5a35-4a4e-9a57-3d6f0f1f6f10", "organisation": ISLINGTON}]
        }
    )

    batch_id: UUID
    organisation: str


@router.get("/payment-files")
async def get_payment_files(view: Annotated[View, reads(*REGISTER_READERS)]) -> PaymentFilesView:
    """What waits to be handed over, the files that were, and supplier numbers."""
    return await show_payment_files(view.session)


@router.post("/suppliers", status_code=201)
async def post_supplier(body: SupplierBody, edge: Annotated[Edge, commands(*FINANCE)]) -> SupplierEntered:
    """Enter a grant holder's supplier number."""
    return await edge.perform(EnterSupplier(**body.model_dump()), enter_supplier)


@router.post("/payment-files", status_code=201)
async def post_payment_file(body: ExportBody, edge: Annotated[Edge, commands(*FINANCE)]) -> PaymentsExported:
    """Put every approved payment that is in no file yet into one, once."""
    return await edge.perform(ExportPayments(**body.model_dump()), export_payments)


@router.get("/payment-files/{batch_id}.csv", response_class=CsvFile)
async def get_payment_file(batch_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]) -> CsvFile:
    """A file exactly as it was handed over."""
    number, content = await payment_file_content(view.session, batch_id)
    headers = {
        "Content-Disposition": f'attachment; filename="payments-{number:05}.csv"',
        "X-Content-Type-Options": "nosniff",
    }
    return CsvFile(content, headers=headers)


@router.post("/payment-returns", status_code=201)
async def post_payment_return(
    return_id: Annotated[UUID, Form()],
    organisation: Annotated[str, Form()],
    file: UploadFile,
    edge: Annotated[Edge, commands(*FINANCE)],
) -> ReturnTaken:
    """Take the file that finance gave back: payment reference, voucher, date paid."""
    content = await read_upload(file, limit_bytes=LIMIT_BYTES, field="file")
    command = TakePaymentReturn(return_id=return_id, organisation=organisation, content=content)
    return await edge.perform(command, take_payment_return)


@router.get("/payment-returns/{return_id}")
async def get_payment_return(return_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]) -> ReturnView:
    """What became of each row of a file that finance gave back."""
    return await show_payment_return(view.session, return_id)
