"""Which column of a general ledger's file means what: guessed from its headings, or as remembered."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal

from shared.checks import refuse_all
from shared.errors import Invalid

KNOWN: Mapping[str, tuple[str, ...]] = {
    "document": (
        "documentnumber",
        "documentno",
        "docno",
        "document",
        "transactionnumber",
        "transno",
        "journal",
    ),
    "line": ("linenumber", "lineno", "line", "docline", "item"),
    "posted_on": ("postingdate", "posted", "transactiondate", "transdate", "date", "effectivedate"),
    "amount": ("amount", "value", "netamount", "amountgbp", "amountinlocalcurrency"),
    "money_out": ("debit", "debits", "dr", "debitamount"),
    "money_in": ("credit", "credits", "cr", "creditamount"),
    "reference": ("reference", "ref", "voucher", "extref", "externalreference", "invoicenumber"),
    "description": ("description", "narrative", "text", "details", "longdescription"),
}
"""What finance systems call them, in small letters without spaces."""
ROWS_ABOVE_HEADINGS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The heading of each column that is read.

    The sum is either in one column (`amount`, where money that comes in has the sign `in_sign`), or in two
    (`money_in`, `money_out`). A general ledger writes income as a credit, below zero: hence the default.
    """

    document: str = ""
    line: str = ""
    posted_on: str = ""
    amount: str = ""
    money_in: str = ""
    money_out: str = ""
    reference: str = ""
    description: str = ""
    in_sign: Literal["minus", "plus"] = "minus"

    @property
    def headings(self) -> dict[str, str]:
        """The named headings by what they mean."""
        named = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "in_sign"}
        return {meaning: heading for meaning, heading in named.items() if heading}

    def fits(self, headings: Sequence[str]) -> bool:
        """Whether the file has all of them."""
        return bool(self.headings) and set(self.headings.values()) <= set(headings)


def guess(headings: Sequence[str]) -> Columns:
    """The columns that headings stand for, as far as their words are known."""
    squashed = {re.sub(r"[^a-z]", "", heading.lower()): heading for heading in reversed(headings)}
    found = {
        meaning: next((squashed[word] for word in words if word in squashed), "")
        for meaning, words in KNOWN.items()
    }
    if found["money_in"] and found["money_out"]:
        found["amount"] = ""
    else:
        found["money_in"] = found["money_out"] = ""
    return Columns(
        document=found["document"],
        line=found["line"],
        posted_on=found["posted_on"],
        amount=found["amount"],
        money_in=found["money_in"],
        money_out=found["money_out"],
        reference=found["reference"],
        description=found["description"],
    )


def refuse_unusable(columns: Columns, headings: Sequence[str]) -> None:
    """Invalid, by field, where a needed column is not named or the file has no such heading."""
    refuse_all("columns.invalid", [*_missing(columns), *_unknown(columns, headings)])


def _missing(columns: Columns) -> list[Invalid]:
    needed = {"document": "the document's number", "posted_on": "the day of posting"}
    found = [
        Invalid("columns.missing", f"Choose the column with {words}.", field=name)
        for name, words in needed.items()
        if not getattr(columns, name)
    ]
    two = bool(columns.money_in and columns.money_out)
    if bool(columns.amount) == two:
        message = "Choose the column with the amount, or the two with debits and credits, not both."
        found.append(Invalid("columns.amount", message, field="amount"))
    return found


def _unknown(columns: Columns, headings: Sequence[str]) -> list[Invalid]:
    return [
        Invalid(
            "columns.unknown", f"The file has no column {heading}. Choose one that it has.", field=meaning
        )
        for meaning, heading in columns.headings.items()
        if heading not in headings
    ]
