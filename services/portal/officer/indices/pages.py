"""Indices and base rates: look at them; the fund manager records them and imports what is published."""

from uuid import UUID

from fastapi import APIRouter, Response
from starlette.datastructures import UploadFile

from services.portal.clients import ServiceProblem, Upload
from services.portal.identity.pages_rule import Page, SentForm
from services.portal.layout.csv_files import csv_response
from services.portal.layout.forms import Filled
from services.portal.officer.indices.books import (
    AllSeries,
    BaseRates,
    History,
    Preview,
    Series,
    SeriesDetails,
    period_in_words,
)
from services.portal.officer.indices.forms import BASE_RATE, FREQUENCIES, KEEP, PUBLICATION, SERIES
from services.portal.officer.rules import ManagersForm, ManagersPage, RegisterPage
from services.portal.officer.showing import show
from services.portal.sending import BESIDE_THE_FORM, attempt, body, see_other, told

router = APIRouter(include_in_schema=False)

START = "/officer/indices"
RATES = "/officer/base-rates"
VALUES_SHOWN = 36


@router.get(START)
async def list_indices(page: RegisterPage) -> Response:
    """All indices with their newest values, and the way to the base rates."""
    return show(
        page,
        "officer/indices/list.html",
        all_series=await read_all_series(page),
        frequencies=dict(FREQUENCIES),
        period_in_words=period_in_words,
    )


@router.get(f"{START}/new")
async def ask_for_index(page: ManagersPage) -> Response:
    """The form for a new index."""
    return show(page, "officer/indices/series_form.html", form=SERIES.blank(), frequencies=FREQUENCIES)


@router.post(f"{START}/new")
async def record_index(sent: ManagersForm) -> Response:
    """Record the index, and go on to its page."""
    filled = sent.read(SERIES)
    if filled.ok:
        series_id = sent.id_for("series")
        told_body = body(filled, series_id=series_id)
        call = sent.services.contributions.post("/index-series", told_body, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/{series_id}?done=series")
    return show(
        sent, "officer/indices/series_form.html", status_code=422, form=filled, frequencies=FREQUENCIES
    )


@router.get(f"{START}/{{series_id}}")
async def show_index(page: RegisterPage, series_id: UUID, done: str = "") -> Response:
    """The values that hold, the newest first, and every publication."""
    details = await _read(page, series_id)
    return show(
        page,
        "officer/indices/series.html",
        details=details,
        values=details.values[:VALUES_SHOWN],
        left_out=max(0, len(details.values) - VALUES_SHOWN),
        done=done,
        frequencies=dict(FREQUENCIES),
        period_in_words=period_in_words,
    )


@router.get(f"{START}/{{series_id}}/values.csv")
async def download_values(page: RegisterPage, series_id: UUID) -> Response:
    """Every value ever published of the index: revised ones below those that revised them."""
    series = (await _read(page, series_id)).series
    told_values = await page.services.contributions.get(f"/index-series/{series_id}/history")
    rows = [
        (
            period_in_words(each.period, series.frequency),
            each.value,
            "provisional" if each.provisional else "final",
            each.published_on,
        )
        for each in History.validate_python(told_values)
    ]
    return csv_response(f"{series.name}.csv", ("Period", "Value", "Status", "Published on"), rows)


@router.get(f"{START}/{{series_id}}/publications/new")
async def ask_for_publication(page: ManagersPage, series_id: UUID) -> Response:
    """The form for a file of values."""
    return await _publication_form(page, series_id, PUBLICATION.blank())


@router.post(f"{START}/{{series_id}}/publications/new")
async def preview_publication(sent: ManagersForm, series_id: UUID) -> Response:
    """Show what the file would change, row by row, before anything is kept."""
    filled = sent.read(PUBLICATION)
    if filled.ok:
        try:
            preview = await _preview(sent, series_id, filled)
        except ServiceProblem as refusal:
            if refusal.status not in BESIDE_THE_FORM:
                raise
            filled = filled.with_problems(told(refusal))
        else:
            series = (await _read(sent, series_id)).series
            return _check(sent, series, filled, preview)
    return await _publication_form(sent, series_id, filled, 422)


@router.post(f"{START}/{{series_id}}/publications")
async def keep_publication(sent: ManagersForm, series_id: UUID) -> Response:
    """Keep the values that were looked at."""
    filled = sent.read(KEEP)
    if filled.ok:
        fields = {**_fields(filled), "publication_id": str(sent.id_for("publication"))}
        file: Upload = ("values.csv", str(filled.values["values"]).encode(), "text/csv")
        path = f"/index-series/{series_id}/publications"
        call = sent.services.contributions.upload(path, {"file": file}, fields, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/{series_id}?done=publication")
    again = Filled(PUBLICATION, filled.sent, errors=filled.errors)
    return await _publication_form(sent, series_id, again, 422)


@router.get(RATES)
async def list_base_rates(page: RegisterPage, done: str = "") -> Response:
    """Banks' base rates, the newest first."""
    rates = BaseRates.validate_python(await page.services.contributions.get("/base-rates"))
    return show(page, "officer/indices/base_rates.html", rates=rates, done=done)


@router.get(f"{RATES}/new")
async def ask_for_base_rate(page: ManagersPage) -> Response:
    """The form for a change of a base rate."""
    return show(page, "officer/indices/base_rate_form.html", form=BASE_RATE.blank())


@router.post(f"{RATES}/new")
async def record_base_rate(sent: ManagersForm) -> Response:
    """Record the change."""
    filled = sent.read(BASE_RATE)
    if filled.ok:
        call = sent.services.contributions.post("/base-rates", body(filled), key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{RATES}?done=rate")
    return show(sent, "officer/indices/base_rate_form.html", status_code=422, form=filled)


async def read_all_series(page: Page) -> tuple[Series, ...]:
    """All indices by name."""
    return AllSeries.validate_python(await page.services.contributions.get("/index-series"))


async def _read(page: Page, series_id: UUID) -> SeriesDetails:
    return SeriesDetails.model_validate(await page.services.contributions.get(f"/index-series/{series_id}"))


async def _preview(sent: SentForm, series_id: UUID, filled: Filled) -> Preview:
    file = filled.values["file"]
    assert isinstance(file, UploadFile)
    upload: Upload = ("values", await file.read(), "application/octet-stream")
    path = f"/index-series/{series_id}/publications/preview"
    answer = await sent.services.contributions.upload(
        path, {"file": upload}, _fields(filled), key=f"{sent.idempotency_key}:preview"
    )
    return Preview.model_validate(answer)


def _fields(filled: Filled) -> dict[str, str]:
    return {"published_on": str(filled.values["published_on"]), "source": str(filled.values["source"])}


def _check(sent: SentForm, series: Series, filled: Filled, preview: Preview) -> Response:
    return show(
        sent,
        "officer/indices/publication_check.html",
        status_code=422 if preview.problems else 200,
        series=series,
        values=filled.values,
        sent_boxes={name: filled.text(name) for name in BOXES},
        preview=preview,
        frequencies=dict(FREQUENCIES),
        period_in_words=period_in_words,
    )


BOXES = ("published_on-day", "published_on-month", "published_on-year", "source")


async def _publication_form(page: Page, series_id: UUID, form: Filled, status_code: int = 200) -> Response:
    series = (await _read(page, series_id)).series
    return show(
        page,
        "officer/indices/publication_form.html",
        status_code=status_code,
        form=form,
        series=series,
        frequencies=dict(FREQUENCIES),
        period_in_words=period_in_words,
    )
