"""Indices, terms and demands for tests; the index is invented."""

from datetime import date
from decimal import Decimal
from typing import Any

from services.contributions.domain.indexation.indexed import IndexFigure
from tests.support.contributions import an_id

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
