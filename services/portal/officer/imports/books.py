"""What the pages of imports are told by the service that keeps the books."""

from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.officer.books import ImportSummary, ReportedRow, Told

UNDER_WAY = {"reading", "committing"}
WHOLE = 100


class UnknownCode(Told):
    """A text that means no code, in how many rows, and the code most like it."""

    field: str
    reported: str
    rows: int
    proposal: str | None


class DraftProblem(Told):
    """Why one of the files cannot be read."""

    field: str
    message: str


class Draft(Told):
    """Files on their way, and once they are read what taking them would change."""

    draft_id: UUID
    organisation: str
    state: str
    uploaded_at: datetime
    rows_done: int
    rows_total: int
    changed_meanwhile: bool
    takes_changes: bool
    summary: ImportSummary | None
    unknown_codes: tuple[UnknownCode, ...]
    refusal: str | None
    problems: tuple[DraftProblem, ...]

    @property
    def is_under_way(self) -> bool:
        """Whether the service is at work on it."""
        return self.state in UNDER_WAY

    @property
    def percent_read(self) -> int:
        """How much of it is read, in whole per cent."""
        return self.rows_done * WHOLE // self.rows_total if self.rows_total else 0


class Drafts(Told):
    """What was sent, the newest first; the cursor leads to the next ones."""

    drafts: tuple[Draft, ...]
    next_cursor: UUID | None


class DraftRows(Told):
    """Some rows of a draft, the gravest first."""

    rows: tuple[ReportedRow, ...]
    page: int
    pages: int
    count: int


class Difference(Told):
    """A row that is new, says otherwise in one field, or is missing, against the files before."""

    kind: str
    dataset: str
    reference: str
    field: str
    before: str
    after: str


class Differences(Told):
    """Some differences, in the order of the files."""

    differences: tuple[Difference, ...]
    page: int
    pages: int
    count: int


class Mapping(Told):
    """What a text was said to mean, and when that was withdrawn."""

    mapping_id: UUID
    organisation: str
    field: str
    reported: str
    code: str
    mapped_by: UUID
    mapped_at: datetime
    withdrawn_at: datetime | None


Mappings = TypeAdapter(list[Mapping])
