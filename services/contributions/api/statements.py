"""The yearly statement: worked out for officers, published for everybody."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.statement.publish_statement import PublishStatement, publish_statement
from services.contributions.domain.statement.figures import Code
from services.contributions.domain.statement.report import YearlyStatement
from services.contributions.domain.statement.years import refuse_year
from services.contributions.queries.statement.report import (
    LinePage,
    PublishedStatement,
    StatedYear,
    StatementEdition,
    list_lines,
    list_statement_editions,
    list_years,
    show_statement_edition,
    show_year,
)
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded

router = APIRouter(tags=["statements"])

Organisation = Annotated[str, Query(max_length=100, examples=["local-authority-eng:MIK"])]
LARGEST_PAGE = 100_000


class StatementEditionBody(BaseModel):
    """Whose year is published; `reason` says what a further edition corrects."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "edition_id": "0190a5e0-7a3c-7cc0-8000-000000000002",
                "organisation": "local-authority-eng:MIK",
                "reason": "A receipt of March was posted in April.",
            }
        }
    )

    edition_id: UUID
    organisation: str
    reason: str | None = None


@router.get("/statements")
async def get_years(
    view: Annotated[View, reads(*REGISTER_READERS)], organisation: Organisation
) -> list[StatedYear]:
    """The chief figures of every financial year, the newest first."""
    return await list_years(view.session, organisation, today=view.today)


@router.get("/statements/{year}")
async def get_statement(
    year: int, view: Annotated[View, reads(*REGISTER_READERS)], organisation: Organisation
) -> YearlyStatement:
    """The report under Schedule 2, paragraph 3 for a year, as the books stand now."""
    refuse_year(year, today=view.today)
    return await show_year(view.session, year, organisation)


@router.get("/statements/{year}/figures/{code}")
async def get_lines(
    year: int,
    code: Code,
    view: Annotated[View, reads(*REGISTER_READERS)],
    organisation: Organisation,
    cursor: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    size: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 200,
) -> LinePage:
    """What one figure adds up, in the order of the register."""
    refuse_year(year, today=view.today)
    return await list_lines(view.session, year, code, organisation, skipped=cursor, shown=size)


@router.post("/statements/{year}/editions", status_code=201)
async def post_statement_edition(
    year: int, body: StatementEditionBody, edge: Annotated[Edge, commands(Role.OFFICER, Role.FUND_MANAGER)]
) -> Recorded:
    """Publish a year's figures as they are now; the sequence is the number of the edition."""
    return await edge.perform(PublishStatement(year=year, **body.model_dump()), publish_statement)


@router.get("/statement-editions")
async def get_statement_editions(view: Annotated[View, reads()]) -> list[StatementEdition]:
    """What was published, the latest year first."""
    return await list_statement_editions(view.session)


@router.get("/statement-editions/{edition_id}")
async def get_statement_edition(edition_id: UUID, view: Annotated[View, reads()]) -> PublishedStatement:
    """A year's figures as they were published."""
    return await show_statement_edition(view.session, edition_id)
