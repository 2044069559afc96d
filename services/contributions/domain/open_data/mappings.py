"""Misspelt codes that an officer mapped once, and proposals for those that nobody has mapped yet."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TypeAlias

from services.contributions.domain.open_data.codes import (
    AGREEMENT_TYPES,
    PURPOSE_WORDS,
    TYPE_WORDS,
    FundingStatus,
    find_code,
    normalise,
)
from services.contributions.domain.open_data.notes import Dataset, mended
from services.contributions.domain.open_data.table import TableRow
from services.contributions.domain.register.purposes import ENDED_PURPOSES, PURPOSES
from shared.checks import ORGANISATION, text_refusal
from shared.errors import Invalid

Mappings: TypeAlias = Mapping[tuple[str, str], str]
"""The code for each field and normalised spelling."""
NOTHING_MAPPED: Mappings = {}

STATUS, PURPOSE, KIND, ORGANISATION_FIELD = (
    "contribution-funding-status",
    "contribution-purpose",
    "developer-agreement-type",
    "organisation",
)
CODES: Mapping[str, Collection[str]] = {
    KIND: AGREEMENT_TYPES,
    PURPOSE: PURPOSES | ENDED_PURPOSES,
    STATUS: frozenset(FundingStatus),
}
WORDS: Mapping[str, Mapping[str, str]] = {KIND: TYPE_WORDS, PURPOSE: PURPOSE_WORDS, STATUS: {}}
CODED_FIELDS = {
    Dataset.AGREEMENT: (KIND, ORGANISATION_FIELD),
    Dataset.CONTRIBUTION: (PURPOSE, ORGANISATION_FIELD),
    Dataset.TRANSACTION: (STATUS, ORGANISATION_FIELD),
}
RESEMBLANCE = 0.5
"""From which likeness on (0 to 1, difflib's ratio) a code is proposed; a person decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownCode:
    """A text in a column of codes that means none of them, in how many rows, and the code most like it."""

    field: str
    reported: str
    rows: int
    proposal: str | None


def apply_mappings(row: TableRow, dataset: Dataset, mappings: Mappings) -> TableRow:
    """The row with mapped texts as their codes, each with a remark."""
    for field in CODED_FIELDS[dataset] if mappings else ():
        text = row.cell(field)
        code = mappings.get((field, normalise(text))) if text else None
        if code is not None and code != text:
            note = mended(field, text, f"Read as {code}, as an officer mapped it.")
            row = replace(row, cells={**row.cells, field: code}, notes=(*row.notes, note))
    return row


def unknown_codes(
    rows: Iterable[tuple[Dataset, Mapping[str, str]]], organisation: str
) -> tuple[UnknownCode, ...]:
    """Texts that mean no code, those in most rows first; rows are the cells of each, by field."""
    counted = Counter(
        (field, row[field]) for dataset, row in rows for field in CODED_FIELDS[dataset] if field in row
    )
    unknown: dict[tuple[str, str], UnknownCode] = {}
    for (field, text), count in counted.most_common():
        if not is_known(field, text):
            key = (field, normalise(text))
            proposal = propose(field, key[1], organisation)
            before = unknown.get(key, UnknownCode(field=field, reported=text, rows=0, proposal=proposal))
            unknown[key] = replace(before, rows=before.rows + count)
    return tuple(sorted(unknown.values(), key=lambda each: -each.rows))


def is_known(field: str, text: str) -> bool:
    """Whether a text of a coded field is read without help."""
    if field == ORGANISATION_FIELD:
        return ORGANISATION.fullmatch(text.lower()) is not None
    return find_code(text, CODES[field], WORDS[field]) is not None


def propose(field: str, spelling: str, organisation: str) -> str | None:
    """The code most like a spelling: whole, or in its words; of organisations the one that sent the file."""
    if field == ORGANISATION_FIELD:
        return organisation
    close = get_close_matches(spelling, sorted(CODES[field]), 1, RESEMBLANCE)
    words = set(spelling.split("-")) - {"and"}
    with_its_words = (code for code in sorted(CODES[field]) if words & set(code.split("-")))
    return close[0] if close else next(with_its_words, None)


def mapping_refusals(field: str, reported: str, code: str) -> list[Invalid | None]:
    """Why a mapping cannot be remembered, field by field."""
    return [
        _field_refusal(field),
        text_refusal(reported, field="reported", name="the text that stands in the file", longest=500),
        _code_refusal(field, code),
    ]


def _field_refusal(field: str) -> Invalid | None:
    if field in {*CODES, ORGANISATION_FIELD}:
        return None
    message = f"Only {', '.join(sorted([*CODES, ORGANISATION_FIELD]))} hold codes. Name one of them."
    return Invalid("code_mapping.field_unknown", message, field="field")


def _code_refusal(field: str, code: str) -> Invalid | None:
    if field == ORGANISATION_FIELD and ORGANISATION.fullmatch(code):
        return None
    if code in CODES.get(field, ()):
        return None
    return Invalid("code_mapping.code_unknown", "Choose a code from the list of this field.", field="code")
