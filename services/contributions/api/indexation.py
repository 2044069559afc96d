"""Published indices and banks' base rates: kept by the fund manager, read by whoever reads the register."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, UploadFile
from pydantic import BaseModel, ConfigDict

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.demands.record_base_rate import (
    RateRecorded,
    RecordBaseRate,
    record_base_rate,
)
from services.contributions.commands.indexation.import_publication import (
    ImportPublication,
    PublicationPreview,
    import_publication,
    preview_publication,
)
from services.contributions.commands.indexation.record_series import RecordSeries, record_series
from services.contributions.domain.demands.base_rate import BaseRate
from services.contributions.domain.indexation.periods import Frequency
from services.contributions.domain.indexation.series import IndexSeries
from services.contributions.queries.base_rates import BaseRateLine, list_base_rates
from services.contributions.queries.indexation import (
    SeriesLine,
    SeriesView,
    ValueLine,
    list_history,
    list_series,
    show_series,
)
from shared.web import Edge, Role, View, commands, read_upload, reads
from shared.web.answers import Recorded

router = APIRouter(tags=["indices"])

LIMIT_BYTES = 2 << 20


class SeriesBody(BaseModel):
    """An index that deeds name; the caller names its id."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "series_id": "5b1c4d3a-6a53-4f0c-9c7c-0d8a5c3f1e22",
                "name": "Invented tender price index",
                "publisher": "Netherbourne Statistics",
                "frequency": "monthly",
                "source_url": "https://statistics.netherbourne.example/tender-prices",
            }
        }
    )

    series_id: UUID
    name: str
    publisher: str
    frequency: Frequency
    source_url: str | None = None


class BaseRateBody(BaseModel):
    """What a bank's base rate became on a day, in percent a year."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "bank": "Bank of England",
                "effective_on": "2026-02-05",
                "percent": "3.75",
                "source": "Notice of the monetary policy committee (invented figure)",
            }
        }
    )

    bank: str
    effective_on: date
    percent: Decimal
    source: str


@router.post("/index-series", status_code=201)
async def post_index_series(body: SeriesBody, edge: Annotated[Edge, commands(Role.FUND_MANAGER)]) -> Recorded:
    """Enter an index; its values are imported next."""
    series = IndexSeries(
        id=body.series_id,
        name=body.name.strip(),
        publisher=body.publisher.strip(),
        frequency=body.frequency,
        source_url=body.source_url or None,
    )
    return await edge.perform(RecordSeries(series=series), record_series)


@router.get("/index-series")
async def get_all_index_series(view: Annotated[View, reads(*REGISTER_READERS)]) -> list[SeriesLine]:
    """All indices with their newest values."""
    return await list_series(view.session)


@router.get("/index-series/{series_id}")
async def get_index_series(series_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]) -> SeriesView:
    """One index: the values that hold, and every publication of it."""
    return await show_series(view.session, series_id)


@router.get("/index-series/{series_id}/history")
async def get_index_history(
    series_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]
) -> list[ValueLine]:
    """Every value ever published of an index, revised ones too."""
    return await list_history(view.session, series_id)


@router.post("/index-series/{series_id}/publications/preview")
async def post_publication_preview(
    series_id: UUID,
    published_on: Annotated[date, Form()],
    source: Annotated[str, Form()],
    file: UploadFile,
    edge: Annotated[Edge, commands(Role.FUND_MANAGER)],
) -> PublicationPreview:
    """What keeping a file of values would do, row by row; nothing is kept."""
    command = await _publication(series_id, series_id, published_on, source, file)
    return await edge.perform(command, preview_publication)


@router.post("/index-series/{series_id}/publications", status_code=201)
async def post_publication(
    series_id: UUID,
    publication_id: Annotated[UUID, Form()],
    published_on: Annotated[date, Form()],
    source: Annotated[str, Form()],
    file: UploadFile,
    edge: Annotated[Edge, commands(Role.FUND_MANAGER)],
) -> Recorded:
    """Keep what was published of an index on a day (CSV or workbook: period, value, provisional)."""
    command = await _publication(publication_id, series_id, published_on, source, file)
    return await edge.perform(command, import_publication)


@router.get("/base-rates")
async def get_base_rates(view: Annotated[View, reads(*REGISTER_READERS)]) -> list[BaseRateLine]:
    """Banks' base rates that hold, the newest first."""
    return await list_base_rates(view.session)


@router.post("/base-rates", status_code=201)
async def post_base_rate(
    body: BaseRateBody, edge: Annotated[Edge, commands(Role.FUND_MANAGER)]
) -> RateRecorded:
    """Enter what a bank's base rate became on a day; a second entry for the day corrects the first."""
    rate = BaseRate(
        bank=body.bank.strip(),
        effective_on=body.effective_on,
        percent=body.percent,
        source=body.source.strip(),
    )
    return await edge.perform(RecordBaseRate(rate=rate), record_base_rate)


async def _publication(
    publication_id: UUID, series_id: UUID, published_on: date, source: str, file: UploadFile
) -> ImportPublication:
    return ImportPublication(
        publication_id=publication_id,
        series_id=series_id,
        published_on=published_on,
        source=source.strip(),
        file=await read_upload(file, limit_bytes=LIMIT_BYTES),
    )
