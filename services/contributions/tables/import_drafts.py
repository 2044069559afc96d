"""Imports that are looked at before they are taken, and the codes that officers mapped."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, DateTime
from sqlmodel import Field

from services.contributions.tables.base import Base


class ImportDraftRow(Base, table=True):
    """Uploaded files on their way: how far reading is, and what they would change (`preview`, JSON).

    `fingerprint` tells whether the preview is still true, `asked_by` who asked for what is done just now.
    Once committed, the import has the draft's id.
    """

    __tablename__ = "import_draft"

    id: UUID = Field(primary_key=True)
    organisation: str
    state: str
    uploaded_by: str
    uploaded_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    asked_by: str
    correlation_id: UUID
    attempts: int
    rows_done: int
    rows_total: int
    preview: str | None
    fingerprint: str | None
    changed_meanwhile: bool
    refusal: str | None
    exported_on: date | None
    takes_changes: bool


class ImportDraftFileRow(Base, table=True):
    """One uploaded file, kept until the draft is committed or thrown away, or for a day."""

    __tablename__ = "import_draft_file"

    draft_id: UUID = Field(primary_key=True)
    name: str = Field(primary_key=True)
    content: bytes


class ImportDraftRowRow(Base, table=True):
    """What would become of one row of the files; kept as long as they are."""

    __tablename__ = "import_draft_row"

    draft_id: UUID = Field(primary_key=True)
    dataset: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    reference: str
    outcome: str
    gravity: int
    notes: str


class ImportDifferenceRow(Base, table=True):
    """What a file says otherwise than those before it; kept with the import."""

    __tablename__ = "import_difference"

    draft_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    kind: str
    dataset: str
    reference: str
    field: str
    before: str
    after: str


class CodeMappingRow(Base, table=True):
    """A misspelt code that an officer mapped; `spelling` is what it is found by, whatever case and signs."""

    __tablename__ = "code_mapping"

    id: UUID = Field(primary_key=True)
    organisation: str
    field: str
    spelling: str
    reported: str
    code: str
    mapped_by: str
    mapped_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    withdrawn_by: str | None
    withdrawn_at: datetime | None = Field(sa_column=Column(DateTime(timezone=True)))
