"""A small portal that shows every component once, for the tests of the layout."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.portal.layout import charts
from services.portal.layout.csv_files import csv_response
from services.portal.layout.fields import Choice, Choices, Day, File, Money, Number, Text
from services.portal.layout.forms import Form
from services.portal.layout.pages import install_layout
from services.portal.layout.security import check_csrf
from services.portal.layout.templates import Look, environment, page_context
from shared.errors import Conflict

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

TEMPLATES = Path(__file__).parent / "sample_templates"
TODAY = date(2026, 11, 22)
PURPOSES = (("green-infrastructure", "Green infrastructure"), ("carbon", "Carbon offset", "Price per tonne"))
RECEIPT = Form(
    Text(name="payer_name", label="Who paid", ask="who paid"),
    Money(name="amount_pence", label="Amount received"),
    Day(name="received_on", label="Date received"),
    Number(name="floor_area_m2", label="Floor area", required=False),
    Choice(name="purpose", label="Purpose", options=[option[:2] for option in PURPOSES]),
    Choices(
        name="wards", label="Wards", ask="the wards the money is for", options=(("a", "Stony"), ("b", "Bow"))
    ),
    Choice(name="fund", label="Fund", options=(("carbon", "Carbon Offset Fund"),)),
    Text(name="clause", label="Clause", longest=1000),
    File(name="evidence", label="Evidence", ask="the bank advice", required=False),
)
BARS = (
    charts.PromisedMeasured(
        label="Bradwell Abbey hall", promised=Decimal(4200), measured=Decimal(4650), band=Decimal(900)
    ),
    charts.PromisedMeasured(
        label="St Crispin school", promised=Decimal(9800), measured=Decimal(3100), band=Decimal(4100)
    ),
    charts.PromisedMeasured(label="Loughton parish rooms", promised=Decimal(2500), measured=None, band=None),
)


class SignedInAsOfficer:
    """Stands where the sessions will: everybody is the same planning officer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        state = scope.setdefault("state", {})
        state["session_id"] = "session-of-the-officer"
        state["person"] = SimpleNamespace(name="Priya <b>Shah</b>", roles=("officer",))
        await self._app(scope, receive, send)


def sample_portal(*, signed_in: bool = True) -> FastAPI:
    """Make the application."""
    app = FastAPI()
    if signed_in:
        app.add_middleware(SignedInAsOfficer)
    install_layout(app, look=Look(demonstration=True), csrf_secret=b"a secret of the tests")
    app.add_api_route("/officer/pots", _form)
    app.add_api_route("/officer/pots", _receive, methods=["POST"])
    app.add_api_route("/register", _trace)
    app.add_api_route("/charts", _charts)
    app.add_api_route("/tasks", _tasks)
    app.add_api_route("/data.csv", _csv)
    app.add_api_route("/conflict", _conflict)
    app.add_api_route("/crash", _crash)
    return app


def _page(request: Request, name: str, status_code: int = 200, **context: object) -> HTMLResponse:
    template = environment().from_string((TEMPLATES / name).read_text(encoding="utf-8"))
    return HTMLResponse(template.render(page_context(request, **context)), status_code)


async def _form(request: Request) -> Response:
    return _page(request, "form.html", form=RECEIPT.blank(), purposes=PURPOSES)


async def _receive(request: Request, _own: Annotated[None, Depends(check_csrf)]) -> Response:
    form = await RECEIPT.read_request(request, TODAY)
    if not form.ok:
        return _page(request, "form.html", 422, form=form, purposes=PURPOSES)
    return RedirectResponse("/register", status_code=303)


async def _trace(request: Request) -> Response:
    return _page(request, "trace.html", at=datetime(2026, 11, 22, 9, 5, tzinfo=UTC))


async def _tasks(request: Request) -> Response:
    return _page(request, "tasks.html")


async def _charts(request: Request) -> Response:
    return _page(request, "charts.html", savings=savings_chart(), use=consumption_chart(), pot=pot_chart())


async def _csv(_request: Request) -> Response:
    return csv_response("promised and measured.csv", ["Building"], [["=1+1"]])


async def _conflict() -> Response:
    raise Conflict("pot.moved_on", "The pot was paid out while you looked at it. Reload the page.")


async def _crash() -> Response:
    raise ZeroDivisionError


def savings_chart() -> charts.Chart:
    """Three buildings: one that saved what it promised, one that did not, one awaiting readings."""
    return charts.promised_against_measured(
        BARS, chart_id="savings", title="Promised and measured savings in the first year", unit="kgCO2e"
    )


def consumption_chart() -> charts.Chart:
    """A year of days, with a gap of five days in March."""
    points = [
        charts.Consumption(
            on=date(2021, 4, 2) + timedelta(days=number),
            observed_kwh=None if 330 < number < 336 else Decimal(20 + abs(182 - number) // 5 + number % 7),
            counterfactual_kwh=Decimal(24 + abs(182 - number) // 4),
        )
        for number in range(365)
    ]
    return charts.consumption(points, chart_id="use", title="Gas used each day, Bradwell Abbey hall")


def pot_chart() -> charts.Chart:
    """The pot of Islington's receipt after one award."""
    return charts.pot(
        paid_pence=15_000_00,
        committed_pence=10_000_00,
        reserved_pence=5_000_00,
        available_pence=58_596_00,
        chart_id="pot",
        title="What has become of the 88,596 pounds",
    )


PARTS = (charts.Part("Paid", charts.PALETTE[0]), charts.Part("Available", charts.PALETTE[-1]))


def divided_chart() -> charts.Chart:
    """Two wards' money, of which one has none of the second part."""
    groups = [charts.Group("Bunhill", (30_000_00, 0)), charts.Group("Anywhere", (15_000_00, 73_596_00))]
    return charts.divided(groups, PARTS, chart_id="wards", title="Money by ward", first="Ward")


def compared_chart() -> charts.Chart:
    """Two years, of which one took more back than came in."""
    groups = [
        charts.Group("2019 to 2020", (88_596_00, 30_000_00)),
        charts.Group("2020 to 2021", (-500_00, 0)),
    ]
    return charts.compared(groups, PARTS, chart_id="years", title="Money by year", first="Year")
