"""Promised against measured: two bars for each building, and whiskers for the band of the measurement."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.portal.layout.charts.axes import Axis
from services.portal.layout.charts.shapes import (
    GREY,
    GRID,
    INK,
    MEASURED,
    PAPER,
    PROMISED,
    WIDTH,
    Chart,
    LegendEntry,
    Path,
    Rectangle,
    Shape,
    Words,
    swatch,
)
from services.portal.layout.filters import number

LEFT, RIGHT = 20, WIDTH - 90
TOP, GROUP, THICK = 12, 92, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedMeasured:
    """One building: the saving promised, the saving measured, and the half-width of its total band."""

    label: str
    promised: Decimal
    measured: Decimal | None
    band: Decimal | None


def promised_against_measured(
    bars: Sequence[PromisedMeasured], *, chart_id: str, title: str, unit: str, places: int = 0
) -> Chart:
    """A bar promised above a bar measured, with whiskers from measured - band to measured + band."""
    axis = Axis.over([end for bar in bars for end in _ends(bar)], LEFT, RIGHT)
    bottom = TOP + GROUP * len(bars)
    shapes = _grid(axis, len(bars), unit)
    for index, bar in enumerate(bars):
        shapes += _group(bar, axis, TOP + GROUP * index, places)
    return Chart(
        id=chart_id,
        title=title,
        description=" ".join(_said(bar, unit, places) for bar in bars),
        height=bottom + 42,
        shapes=tuple(shapes),
        legend=_legend(),
        columns=("Period", f"Promised, {unit}", f"Measured, {unit}", f"Plus or minus, {unit}"),
        rows=tuple(_row(bar, places) for bar in bars),
    )


def _ends(bar: PromisedMeasured) -> list[Decimal]:
    if bar.measured is None:
        return [bar.promised]
    band = bar.band or Decimal(0)
    return [bar.promised, bar.measured - band, bar.measured + band]


def _group(bar: PromisedMeasured, axis: Axis, top: float, places: int) -> list[Shape]:
    measured = "Not yet measured" if bar.measured is None else number(bar.measured, places)
    end = (
        max(axis.at(end) for end in (_ends(bar)[1:] or [Decimal(0)]))
        if bar.measured is not None
        else axis.at(0)
    )
    shapes: list[Shape] = [
        Words(x=LEFT, y=top + 16, words=bar.label, bold=True),
        _bar(axis, bar.promised, top + 24, fill=PAPER, stroke=PROMISED),
        Words(x=max(axis.at(bar.promised), axis.at(0)) + 8, y=top + 41, words=number(bar.promised, places)),
        Words(x=max(end, axis.at(0)) + 8, y=top + 71, words=measured),
    ]
    if bar.measured is not None:
        shapes.append(_bar(axis, bar.measured, top + 54, fill=MEASURED))
    if bar.measured is not None and bar.band:
        shapes += _whiskers(
            axis.at(bar.measured - bar.band), axis.at(bar.measured + bar.band), top + 54 + THICK / 2
        )
    return shapes


def _bar(axis: Axis, value: Decimal, top: float, fill: str, stroke: str = "") -> Rectangle:
    left, right = sorted((axis.at(0), axis.at(value)))
    return Rectangle(x=left, y=top, width=round(right - left, 2), height=THICK, fill=fill, stroke=stroke)


def _whiskers(low: float, high: float, middle: float) -> list[Shape]:
    path = f"M{low} {middle - 8}V{middle + 8}M{low} {middle}H{high}M{high} {middle - 8}V{middle + 8}"
    return [Path(path=path, stroke=INK, thickness=2)]


def _grid(axis: Axis, groups: int, unit: str) -> list[Shape]:
    """Lines beside the bars only, so that none crosses a name."""
    bottom = TOP + GROUP * groups
    tops = [TOP + GROUP * index + 22 for index in range(groups)]
    shapes: list[Shape] = []
    for place, words in axis.ticks():
        zero = place == axis.at(0)
        path = "".join(f"M{place} {top}v{GROUP - 30}" for top in tops)
        shapes.append(Path(path=path, stroke=INK if zero else GRID, thickness=1.5 if zero else 1))
        shapes.append(Words(x=place, y=bottom + 14, words=words, fill=GREY, anchor="middle", size=13))
    return [*shapes, Words(x=RIGHT, y=bottom + 34, words=unit, fill=GREY, anchor="end", size=13)]


def _legend() -> tuple[LegendEntry, ...]:
    return (
        LegendEntry("Promised", (swatch(PAPER, PROMISED),)),
        LegendEntry("Measured", (swatch(MEASURED),)),
        LegendEntry("Band the true saving lies in", (Path(path="M2 2V12M2 7H22M22 2V12", stroke=INK),)),
    )


def _row(bar: PromisedMeasured, places: int) -> tuple[str, ...]:
    measured = "Not yet measured" if bar.measured is None else number(bar.measured, places)
    band = "Not yet measured" if bar.measured is None else number(bar.band, places)
    return (bar.label, number(bar.promised, places), measured, band)


def _said(bar: PromisedMeasured, unit: str, places: int) -> str:
    start = f"{bar.label}: promised {number(bar.promised, places)} {unit}"
    if bar.measured is None:
        return f"{start}, not yet measured."
    band = f" plus or minus {number(bar.band, places)}" if bar.band else ""
    return f"{start}, measured {number(bar.measured, places)}{band}."
