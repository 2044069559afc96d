"""The dashboard: what was secured, received and became of it, in all, by year, ward and purpose."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response

from services.portal.identity.pages_rule import Page
from services.portal.layout import charts
from services.portal.layout.charts import Group, Part
from services.portal.layout.charts.shapes import (
    AVAILABLE,
    COMMITTED,
    PAID,
    REFUNDING,
    RESERVED,
    RETURNED,
)
from services.portal.layout.csv_files import Cell, csv_response
from services.portal.officer.dashboard.books import Dashboard, GroupStanding, Standing, YearOfMoney
from services.portal.officer.pots import in_pounds
from services.portal.officer.rules import PotsPage
from services.portal.officer.showing import show
from services.portal.officer.words import today
from services.portal.words import PURPOSES
from shared.errors import NotFound

router = APIRouter(include_in_schema=False)

START = "/officer/dashboard"
Organisation = Annotated[str | None, Query(max_length=200)]
PARTS: Mapping[str, Part] = {
    "paid_pence": Part("Paid", PAID),
    "committed_pence": Part("Committed", COMMITTED),
    "reserved_pence": Part("Reserved", RESERVED),
    "available_pence": Part("Available", AVAILABLE),
    "returning_pence": Part("On its way back", REFUNDING),
    "returned_pence": Part("Returned", RETURNED),
}
"""What has become of what was received, and of its interest: the parts add up to both."""
FIGURES: Mapping[str, str] = {
    "secured_pence": "Secured",
    "received_pence": "Received",
    "interest_pence": "Interest",
    **{name: part.name for name, part in PARTS.items()},
    "at_risk_pence": "At risk",
}
OF_A_YEAR: Mapping[str, str] = {
    "secured_pence": "Secured",
    "received_pence": "Received",
    "reserved_pence": "Reserved",
    "committed_pence": "Committed",
    "released_pence": "Released",
    "paid_pence": "Paid",
    "returned_pence": "Returned",
}
COMPARED: Mapping[str, Part] = {
    "secured_pence": Part("Secured", AVAILABLE),
    "received_pence": Part("Received", COMMITTED),
    "paid_pence": Part("Paid", PAID),
}
FIRST: Mapping[str, str] = {"years": "Financial year", "wards": "Ward", "purposes": "Purpose"}
PLACES: Mapping[str, str] = {"anywhere": "Anywhere in the area", "several_wards": "Several wards"}
PURPOSE_NAMES: Mapping[str, str] = {**dict(PURPOSES), "unknown": "Not known"}


@router.get(START)
async def show_dashboard(page: PotsPage, organisation: Organisation = None) -> Response:
    """Figures, four tables and three charts; it prints on two sheets."""
    told = await _read(page, organisation)
    return show(
        page,
        "officer/dashboard/dashboard.html",
        told=told,
        query=f"?{urlencode({'organisation': organisation})}" if organisation else "",
        organisation=organisation,
        today=today(),
        charts=[
            _years_chart(told.years),
            _chart(told.wards, "wards", "Money by where it may be spent", _place),
            _chart(told.purposes, "purposes", "Money by what it may be spent on", _purpose),
        ],
        of_a_year=OF_A_YEAR,
    )


@router.get(f"{START}/years.csv")
async def download_years(page: PotsPage, organisation: Organisation = None) -> Response:
    """What happened in each financial year, as a file."""
    told = await _read(page, organisation)
    return _file("years.csv", "Financial year", OF_A_YEAR, [(each.name, each) for each in told.years])


@router.get(f"{START}/{{division}}.csv")
async def download_division(page: PotsPage, division: str, organisation: Organisation = None) -> Response:
    """Wards or purposes with all their figures, and the fund in all, as a file."""
    told = await _read(page, organisation)
    divisions: Mapping[str, tuple[Sequence[GroupStanding], Callable[[str], str], str]] = {
        "wards": (told.wards, _place, "Ward"),
        "purposes": (told.purposes, _purpose, "Purpose"),
    }
    if division not in divisions:
        raise NotFound("dashboard.no_such_file", "There is no such file. Choose one from the dashboard.")
    groups, names, first = divisions[division]
    lines: list[tuple[str, Standing]] = [(names(each.name), each) for each in groups]
    return _file(f"{division}.csv", first, FIGURES, [*lines, ("In all", told.total)])


async def _read(page: Page, organisation: str | None) -> Dashboard:
    answer = await page.services.contributions.get("/dashboard", organisation=organisation or None)
    return Dashboard.model_validate(answer)


def _chart(
    groups: Sequence[GroupStanding], chart_id: str, title: str, names: Callable[[str], str]
) -> charts.Chart | None:
    """None where nothing was received yet."""
    bars = [
        Group(names(each.name), tuple(getattr(each, name) for name in PARTS))
        for each in groups
        if each.received_pence or each.interest_pence
    ]
    if not bars:
        return None
    return charts.divided(bars, tuple(PARTS.values()), chart_id=chart_id, title=title, first=FIRST[chart_id])


def _years_chart(years: Sequence[YearOfMoney]) -> charts.Chart | None:
    bars = [Group(each.name, tuple(getattr(each, name) for name in COMPARED)) for each in years]
    if not bars:
        return None
    return charts.compared(
        bars,
        tuple(COMPARED.values()),
        chart_id="years",
        title="Secured, received and paid in each financial year",
        first=FIRST["years"],
    )


def _place(name: str) -> str:
    return PLACES.get(name, name)


def _purpose(name: str) -> str:
    return PURPOSE_NAMES.get(name, name)


def _file(name: str, first: str, columns: Mapping[str, str], lines: Iterable[tuple[str, object]]) -> Response:
    rows: list[Sequence[Cell]] = [
        (words, *(in_pounds(getattr(line, column)) for column in columns)) for words, line in lines
    ]
    return csv_response(name, (first, *(f"{heading}, £" for heading in columns.values())), rows)
