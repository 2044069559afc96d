"""What has become of one pot: paid, committed, reserved, available, and what goes back to the developer."""

from collections.abc import Sequence

from services.portal.layout.charts.shapes import (
    AVAILABLE,
    COMMITTED,
    PAID,
    REFUNDING,
    RESERVED,
    RETURNED,
    WIDTH,
    Chart,
    LegendEntry,
    Rectangle,
    swatch,
)
from services.portal.layout.filters import pounds

GAP = 3
HEIGHT = 40


def pot(
    *,
    paid_pence: int,
    committed_pence: int,
    reserved_pence: int,
    available_pence: int,
    refunding_pence: int = 0,
    returned_pence: int = 0,
    chart_id: str,
    title: str,
) -> Chart:
    """One bar from left to right; the parts add up to the pot. Refunds are named where there are any."""
    refunds = (("Being refunded", refunding_pence, REFUNDING), ("Returned", returned_pence, RETURNED))
    parts = (
        ("Paid", paid_pence, PAID),
        ("Committed", committed_pence, COMMITTED),
        ("Reserved", reserved_pence, RESERVED),
        ("Available", available_pence, AVAILABLE),
        *(part for part in refunds if part[1]),
    )
    whole = sum(pence for _, pence, _ in parts)
    return Chart(
        id=chart_id,
        title=title,
        description=f"{pounds(whole)} in all: "
        + ", ".join(f"{name.lower()} {pounds(p)}" for name, p, _ in parts)
        + ".",
        height=HEIGHT,
        shapes=tuple(_segments([(pence, fill) for _, pence, fill in parts], whole)),
        legend=tuple(LegendEntry(f"{name} {pounds(pence)}", (swatch(fill),)) for name, pence, fill in parts),
        columns=("Part of the pot", "Amount"),
        rows=(*((name, pounds(pence)) for name, pence, _ in parts), ("Whole pot", pounds(whole))),
        fits_narrow=True,
    )


def _segments(parts: Sequence[tuple[int, str]], whole: int) -> list[Rectangle]:
    """Side by side with a white gap between, so that they are told apart by more than colour."""
    shown = [(pence, fill) for pence, fill in parts if pence > 0]
    room = WIDTH - GAP * max(len(shown) - 1, 0)
    segments, x = [], 0.0
    for pence, fill in shown:
        width = round(room * pence / whole, 2)
        segments.append(Rectangle(x=round(x, 2), y=0, width=width, height=HEIGHT, fill=fill))
        x += width + GAP
    return segments
