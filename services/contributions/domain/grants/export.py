"""Approved payments as a file for the finance system, by supplier number: no bank detail is ever in it."""

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.errors import Invalid

HEADINGS = ("Payment reference", "Supplier number", "Supplier", "Grant", "For", "Amount")
SUPPLIER_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]{0,29}")
RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovedPayment:
    """An approved payment that is in no file yet, in pence; the supplier number once finance gave it."""

    payment_id: UUID
    grantee: str
    grant_reference: str
    milestone: str
    amount_pence: int
    supplier_number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFile:
    """The file: its payments with their references, and its text with the text's SHA-256."""

    references: tuple[tuple[str, ApprovedPayment], ...]
    content: str
    sha256: str

    @property
    def total_pence(self) -> int:
        """The sum of its payments."""
        return sum(payment.amount_pence for _, payment in self.references)


def supplier_number_refusal(number: str) -> Invalid | None:
    """Why a supplier number cannot be taken, if it cannot."""
    if SUPPLIER_NUMBER.fullmatch(number):
        return None
    message = "Enter the number as the finance system has it: letters, figures and / . _ - only, up to 30."
    return Invalid("supplier.not_a_number", message, field="supplier_number")


def payment_file(batch: int, payments: Sequence[ApprovedPayment]) -> PaymentFile:
    """The file of a batch: a line for each payment, its reference that of the batch and the line's number."""
    references = tuple(
        (f"OF{batch:05}-{number:03}", payment) for number, payment in enumerate(payments, start=1)
    )
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADINGS)
    for reference, each in references:
        words = (each.supplier_number or "", each.grantee, each.grant_reference, each.milestone)
        writer.writerow([reference, *map(_harmless, words), _pounds(each.amount_pence)])
    content = out.getvalue()
    return PaymentFile(
        references=references, content=content, sha256=hashlib.sha256(content.encode()).hexdigest()
    )


def _pounds(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}"


def _harmless(text: str) -> str:
    """Words so that no spreadsheet takes them for a formula."""
    return f"'{text}" if text.lstrip(" \n").startswith(RUNS_AS_FORMULA) else text
