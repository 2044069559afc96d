"""Indices, terms and demands for tests; the index is invented."""

from datetime import date
from decimal import Decimal
from typing import Any

from services.contributions.domain.indexation.indexed import IndexFigure
from tests.support.contributions import an_id
from tests.support.events import an_id as an_event_id
from tests.support.people import FUND_MANAGER
from tests.support.services import ServiceUnderTest

SERIES = "Invented tender price index"


def a_figure(value: str, month: date, *, published_on: date | None = None, **changes: Any) -> IndexFigure:
    """A value of the invented index for a month, published a fortnight into the next one."""
    fields: dict[str, Any] = {
        "series": SERIES,
        "publisher": "Nobody",
        "month": month,
        "taken_for": f"{month:%B %Y}",
        "value": Decimal(value),
        "published_on": published_on or date(2026, 1, 15),
        "provisional": False,
        "publication_id": an_id("publication"),
    }
    return IndexFigure(**(fields | changes))


async def a_series(service: ServiceUnderTest, **changes: Any) -> None:
    """The invented index, monthly, without values."""
    body = {
        "series_id": str(an_event_id("series")),
        "name": SERIES,
        "publisher": "Nobody",
        "frequency": "monthly",
    }
    await service.post("/index-series", FUND_MANAGER, {**body, **changes})


def publication(rows: str, published_on: str, name: str = "publication") -> dict[str, Any]:
    """A file of values (period, value, provisional) as it is sent."""
    said = {
        "publication_id": str(an_event_id(name)),
        "published_on": published_on,
        "source": "Invented bulletin",
    }
    file = ("values.csv", f"period,value,provisional\n{rows}\n".encode())
    return {"data": said, "files": {"file": file}}


async def publish(service: ServiceUnderTest, rows: str, published_on: str, name: str = "publication") -> None:
    """The fund manager keeps the values of a day."""
    path = f"/index-series/{an_event_id('series')}/publications"
    await service.post(path, FUND_MANAGER, **publication(rows, published_on, name))
