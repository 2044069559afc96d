"""Energy over time: what the meters showed, and what the building would have used without the works."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.portal.layout.charts.axes import Axis
from services.portal.layout.charts.shapes import (
    COUNTERFACTUAL,
    GREY,
    GRID,
    INK,
    OBSERVED,
    WIDTH,
    Chart,
    LegendEntry,
    Path,
    Shape,
    Words,
)
from services.portal.layout.filters import day, number

LEFT, RIGHT, TOP, BOTTOM = 72, WIDTH - 20, 24, 250
MOST_LABELS = 6
DASHES = "7 4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumption:
    """Energy in one day or month: as metered, and as the baseline model says it would have been."""

    on: date
    observed_kwh: Decimal | None
    counterfactual_kwh: Decimal | None


def consumption(points: Sequence[Consumption], *, chart_id: str, title: str, monthly: bool = False) -> Chart:
    """Observed solid, counterfactual dashed; a gap in the numbers is a gap in the line."""
    observed = [point.observed_kwh for point in points]
    modelled = [point.counterfactual_kwh for point in points]
    axis = Axis.over([value for value in (*observed, *modelled) if value is not None], BOTTOM, TOP)
    across = _across(len(points))
    return Chart(
        id=chart_id,
        title=title,
        description=_said(points, monthly=monthly),
        height=BOTTOM + 34,
        shapes=(
            *_grid(axis),
            *_time_labels(points, across, monthly=monthly),
            Path(path=_line(modelled, across, axis), stroke=COUNTERFACTUAL, dashes=DASHES),
            Path(path=_line(observed, across, axis), stroke=OBSERVED),
        ),
        legend=(
            LegendEntry("Observed", (Path(path="M0 7H24", stroke=OBSERVED, thickness=3),)),
            LegendEntry(
                "Without the works (modelled)", (Path(path="M0 7H24", stroke=COUNTERFACTUAL, dashes=DASHES),)
            ),
        ),
        columns=("Month" if monthly else "Day", "Observed, kWh", "Without the works (modelled), kWh"),
        rows=tuple(_row(point, monthly=monthly) for point in points),
    )


def _across(count: int) -> list[float]:
    step = (RIGHT - LEFT) / max(count - 1, 1)
    return [round(LEFT + index * step, 2) for index in range(count)]


def _line(values: Sequence[Decimal | None], across: Sequence[float], axis: Axis) -> str:
    drawn, path = False, []
    for value, x in zip(values, across, strict=True):
        if value is None:
            drawn = False
            continue
        path.append(f"{'L' if drawn else 'M'}{x} {axis.at(value)}")
        drawn = True
    return "".join(path)


def _grid(axis: Axis) -> list[Shape]:
    shapes: list[Shape] = [Words(x=LEFT - 8, y=12, words="kWh", fill=GREY, anchor="end", size=13)]
    for place, words in axis.ticks():
        shapes.append(Path(path=f"M{LEFT} {place}H{RIGHT}", stroke=GRID, thickness=1))
        shapes.append(Words(x=LEFT - 8, y=place + 5, words=words, fill=GREY, anchor="end", size=13))
    shapes.append(Path(path=f"M{LEFT} {axis.at(0)}H{RIGHT}", stroke=INK, thickness=1.5))
    return shapes


def _time_labels(points: Sequence[Consumption], across: Sequence[float], *, monthly: bool) -> list[Shape]:
    every = max(1, -(-len(points) // MOST_LABELS))
    return [
        Words(
            x=across[index],
            y=BOTTOM + 22,
            words=_short(points[index].on, monthly=monthly),
            fill=GREY,
            size=13,
            anchor="middle" if across[index] < RIGHT - 30 else "end",
        )
        for index in range(0, len(points), every)
    ]


def _short(on: date, *, monthly: bool) -> str:
    return f"{on:%b} {on.year}" if monthly else f"{on.day} {on:%b} {on:%y}"


def _row(point: Consumption, *, monthly: bool) -> tuple[str, ...]:
    when = f"{point.on:%B} {point.on.year}" if monthly else day(point.on)
    return (when, number(point.observed_kwh, 2), number(point.counterfactual_kwh, 2))


def _said(points: Sequence[Consumption], *, monthly: bool) -> str:
    known = [
        (p.observed_kwh, p.counterfactual_kwh)
        for p in points
        if p.observed_kwh is not None and p.counterfactual_kwh is not None
    ]
    observed, modelled = sum((o for o, _ in known), Decimal(0)), sum((c for _, c in known), Decimal(0))
    unit = "months" if monthly else "days"
    return (
        f"Over {len(known)} {unit} with both numbers, {number(observed, 2)} kWh were observed and "
        f"{number(modelled, 2)} kWh would have been used without the works."
    )
