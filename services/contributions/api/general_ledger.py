"""The council's general ledger beside the fund's books: files, lines, and months signed off."""

from datetime import UTC, date, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Form, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.reconciliation.choose_columns import ChooseColumns, choose_columns
from services.contributions.commands.reconciliation.decide_lines import DecideLines, Decision, decide_lines
from services.contributions.commands.reconciliation.explain_movements import (
    ExplainMovements,
    explain_movements,
)
from services.contributions.commands.reconciliation.import_general_ledger import (
    FileImported,
    ImportGeneralLedger,
    import_general_ledger,
)
from services.contributions.commands.reconciliation.match_lines import (
    LinesDecided,
    Match,
    MatchLines,
    match_lines,
)
from services.contributions.commands.reconciliation.send_general_ledger import (
    FileSent,
    SendGeneralLedger,
    send_general_ledger,
)
from services.contributions.commands.reconciliation.sign_off import (
    ApproveReconciliation,
    MonthSigned,
    PrepareReconciliation,
    approve_reconciliation,
    prepare_reconciliation,
)
from services.contributions.domain.reconciliation.columns import Columns
from services.contributions.queries.general_ledger import (
    FileHead,
    FilePreview,
    LinePage,
    list_files,
    list_lines,
    show_file,
)
from services.contributions.queries.reconciliation import (
    MissingMovement,
    PositionView,
    Proposal,
    SignedMonth,
    list_missing,
    list_months,
    list_proposals,
    show_position,
)
from shared.messaging.unit_of_work import LOCAL_ZONE
from shared.web import Edge, Role, View, commands, read_upload, reads

router = APIRouter(prefix="/general-ledger", tags=["general ledger"])

LIMIT_BYTES = 30 << 20
MOST_AT_ONCE = 500
FINANCE = (Role.PAYMENT_REQUESTER, Role.PAYMENT_APPROVER, Role.FUND_MANAGER)
"""Who works on the general ledger; whoever prepares a month never approves it."""
ISLINGTON = "local-authority-eng:ISL"
LINE = "0b0f7a52-5a35-4a4e-9a57-3d6f0f1f6f10"


class ColumnsBody(BaseModel):
    """The heading of each column; the sum in one column, or money in and out in two."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"document": "Doc no", "posted_on": "Posting date", "amount": "Value", "in_sign": "minus"}
            ]
        }
    )

    document: str
    posted_on: str
    line: str = ""
    amount: str = ""
    money_in: str = ""
    money_out: str = ""
    reference: str = ""
    description: str = ""
    in_sign: Literal["minus", "plus"] = "minus"


class MatchBody(BaseModel):
    """A line and the movement that it is."""

    line_id: UUID
    movement_id: UUID


class MatchesBody(BaseModel):
    """Matches that a person confirms together, all or none."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"organisation": ISLINGTON, "matches": [{"line_id": LINE, "movement_id": LINE}]}]
        }
    )

    organisation: str
    matches: Annotated[tuple[MatchBody, ...], Field(min_length=1, max_length=MOST_AT_ONCE)]


class DecisionBody(BaseModel):
    """Lines to be explained or disputed, with the reason, or opened again."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "organisation": ISLINGTON,
                    "line_ids": [LINE],
                    "decision": "explained",
                    "reason": "Monitoring fee, not the fund's",
                }
            ]
        }
    )

    organisation: str
    line_ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MOST_AT_ONCE)]
    decision: Decision
    reason: str | None = None


class ExplanationBody(BaseModel):
    """Movements of the fund that the general ledger does not have, and why."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "organisation": ISLINGTON,
                    "movement_ids": [LINE],
                    "reason": "Before the general ledger's records",
                }
            ]
        }
    )

    organisation: str
    movement_ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MOST_AT_ONCE)]
    reason: str


class PreparedBody(BaseModel):
    """A month, by its first day, and the balance that the finance system shows at its end, in pence."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"organisation": ISLINGTON, "first_on": "2026-10-01", "general_ledger_pence": 4_000_000}
            ]
        }
    )

    organisation: str
    first_on: date
    general_ledger_pence: int


class ApprovedBody(BaseModel):
    """A prepared month, by its first day."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"organisation": ISLINGTON, "first_on": "2026-10-01"}]}
    )

    organisation: str
    first_on: date


@router.get("/files")
async def get_general_ledger_files(
    view: Annotated[View, reads(*REGISTER_READERS)], organisation: str
) -> list[FileHead]:
    """Files of an organisation's general ledger, the newest first."""
    return await list_files(view.session, organisation)


@router.post("/files", status_code=201)
async def post_general_ledger_file(
    file_id: Annotated[UUID, Form()],
    organisation: Annotated[str, Form()],
    file: UploadFile,
    edge: Annotated[Edge, commands(*FINANCE)],
) -> FileSent:
    """Send a file (CSV or Excel workbook) for a look before it is imported."""
    content = await read_upload(file, limit_bytes=LIMIT_BYTES, field="file")
    command = SendGeneralLedger(file_id=file_id, organisation=organisation, content=content)
    return await edge.perform(command, send_general_ledger)


@router.get("/files/{file_id}")
async def get_general_ledger_file(
    file_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]
) -> FilePreview:
    """What an import of the file would bring, row by row where something is wrong."""
    return await show_file(view.session, file_id, datetime.now(UTC).astimezone(LOCAL_ZONE).date())


@router.post("/files/{file_id}/columns", status_code=201)
async def post_general_ledger_columns(
    file_id: UUID, body: ColumnsBody, edge: Annotated[Edge, commands(*FINANCE)]
) -> FileSent:
    """Say which column means what; remembered for the next file."""
    command = ChooseColumns(file_id=file_id, columns=Columns(**body.model_dump()))
    return await edge.perform(command, choose_columns)


@router.post("/files/{file_id}/import", status_code=201)
async def post_import_of_file(file_id: UUID, edge: Annotated[Edge, commands(*FINANCE)]) -> FileImported:
    """Import the file's lines; those that are known change nothing."""
    return await edge.perform(ImportGeneralLedger(file_id=file_id), import_general_ledger)


@router.get("/lines")
async def get_general_ledger_lines(
    view: Annotated[View, reads(*REGISTER_READERS)],
    organisation: str,
    state: Literal["open", "matched", "explained", "disputed"] = "open",
    cursor: str | None = None,
) -> LinePage:
    """Lines in one state, the oldest first."""
    return await list_lines(view.session, organisation, state, cursor)


@router.get("/proposals")
async def get_proposed_matches(
    view: Annotated[View, reads(*REGISTER_READERS)], organisation: str
) -> list[Proposal]:
    """What open lines probably are: the same sum, with a reference in common or within a month."""
    return await list_proposals(view.session, organisation)


@router.post("/matches", status_code=201)
async def post_matches(body: MatchesBody, edge: Annotated[Edge, commands(*FINANCE)]) -> LinesDecided:
    """Confirm matches, many at once."""
    matches = tuple(Match(each.line_id, each.movement_id) for each in body.matches)
    return await edge.perform(MatchLines(organisation=body.organisation, matches=matches), match_lines)


@router.post("/decisions", status_code=201)
async def post_decision(body: DecisionBody, edge: Annotated[Edge, commands(*FINANCE)]) -> LinesDecided:
    """Explain or dispute lines, or open them again."""
    return await edge.perform(DecideLines(**body.model_dump()), decide_lines)


@router.get("/missing")
async def get_missing_movements(
    view: Annotated[View, reads(*REGISTER_READERS)], organisation: str
) -> list[MissingMovement]:
    """Movements of the fund that no line is matched to."""
    return await list_missing(view.session, organisation)


@router.post("/explanations", status_code=201)
async def post_explanation(body: ExplanationBody, edge: Annotated[Edge, commands(*FINANCE)]) -> LinesDecided:
    """Say why the general ledger lacks movements."""
    return await edge.perform(ExplainMovements(**body.model_dump()), explain_movements)


@router.get("/months")
async def get_reconciled_months(
    view: Annotated[View, reads(*REGISTER_READERS)], organisation: str
) -> list[SignedMonth]:
    """Months that were prepared or signed off."""
    return await list_months(view.session, organisation)


@router.get("/months/{day}")
async def get_reconciliation(
    day: date, view: Annotated[View, reads(*REGISTER_READERS)], organisation: str
) -> PositionView:
    """Both ledgers at the end of the month that a day lies in."""
    return await show_position(view.session, organisation, day)


@router.post("/months/prepare", status_code=201)
async def post_prepared(body: PreparedBody, edge: Annotated[Edge, commands(*FINANCE)]) -> MonthSigned:
    """Say that a closed month agrees."""
    return await edge.perform(PrepareReconciliation(**body.model_dump()), prepare_reconciliation)


@router.post("/months/approve", status_code=201)
async def post_approved(
    body: ApprovedBody, edge: Annotated[Edge, commands(Role.PAYMENT_APPROVER, Role.FUND_MANAGER)]
) -> MonthSigned:
    """Sign a month off that somebody else prepared."""
    return await edge.perform(ApproveReconciliation(**body.model_dump()), approve_reconciliation)
