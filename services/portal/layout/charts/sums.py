"""Sums of money as bars on one axis: wholes divided into parts, or several sums of each year side by side."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.portal.layout.charts.axes import Axis
from services.portal.layout.charts.shapes import (
    GREY,
    GRID,
    PAPER,
    WIDTH,
    Chart,
    LegendEntry,
    Path,
    Rectangle,
    Shape,
    Words,
    swatch,
)
from services.portal.layout.filters import pounds

LEFT, RIGHT = 4, WIDTH - 20
TOP, NAME, THICK, THIN, GAP = 4, 24, 22, 12, 10
THOUSAND_POUNDS = 100_000


@dataclass(frozen=True, slots=True)
class Part:
    """A sum that every group has, and its colour."""

    name: str
    fill: str


@dataclass(frozen=True, slots=True)
class Group:
    """A name and the pence of each part."""

    name: str
    pence: tuple[int, ...]


def divided(
    groups: Sequence[Group], parts: Sequence[Part], *, chart_id: str, title: str, first: str
) -> Chart:
    """A bar for each group, whose parts (none below zero) follow one another; `first` names the groups."""
    axis = _axis([sum(group.pence) for group in groups])
    shapes: list[Shape] = []
    for index, group in enumerate(groups):
        top = TOP + index * (NAME + THICK + GAP)
        shapes += [_name(group, top), *_segments(group, parts, axis, top + NAME)]
    return _chart(axis, shapes, groups, parts, (chart_id, title, first), THICK)


def compared(
    groups: Sequence[Group], parts: Sequence[Part], *, chart_id: str, title: str, first: str
) -> Chart:
    """A thin bar for each sum of each group, one below the other; `first` names the groups."""
    axis = _axis([pence for group in groups for pence in group.pence])
    height = THIN * len(parts)
    shapes: list[Shape] = []
    for index, group in enumerate(groups):
        top = TOP + index * (NAME + height + GAP)
        shapes.append(_name(group, top))
        for row, (part, pence) in enumerate(zip(parts, group.pence, strict=True)):
            shapes += _bar(axis, 0, pence, part.fill, top + NAME + THIN * row, THIN)
    return _chart(axis, shapes, groups, parts, (chart_id, title, first), height)


def _axis(pence: Iterable[int]) -> Axis:
    return Axis.over([Decimal(each) / THOUSAND_POUNDS for each in pence], LEFT, RIGHT)


def _name(group: Group, top: float) -> Words:
    return Words(x=LEFT, y=top + 16, words=group.name, bold=True)


def _segments(group: Group, parts: Sequence[Part], axis: Axis, top: float) -> Iterator[Shape]:
    done = 0
    for part, pence in zip(parts, group.pence, strict=True):
        yield from _bar(axis, done, done + pence, part.fill, top, THICK)
        done += pence


def _bar(axis: Axis, start: int, end: int, fill: str, top: float, height: float) -> Iterator[Shape]:
    """Edged with paper, so that neighbours are told apart by more than their colours."""
    left, right = sorted(axis.at(Decimal(pence) / THOUSAND_POUNDS) for pence in (start, end))
    if right > left:
        yield Rectangle(x=left, y=top, width=round(right - left, 2), height=height, fill=fill, stroke=PAPER)


def _chart(
    axis: Axis,
    bars: Sequence[Shape],
    groups: Sequence[Group],
    parts: Sequence[Part],
    words: tuple[str, str, str],
    height: int,
) -> Chart:
    chart_id, title, first = words
    bottom = TOP + len(groups) * (NAME + height + GAP)
    return Chart(
        id=chart_id,
        title=title,
        description=" ".join(_said(group, parts) for group in groups),
        height=bottom + 40,
        shapes=(*_grid(axis, len(groups), height, bottom), *bars),
        legend=tuple(LegendEntry(part.name, (swatch(part.fill),)) for part in parts),
        columns=(first, *(part.name for part in parts)),
        rows=tuple((group.name, *map(pounds, group.pence)) for group in groups),
    )


def _grid(axis: Axis, groups: int, height: int, bottom: int) -> Iterator[Shape]:
    tops = [TOP + NAME + index * (NAME + height + GAP) - 2 for index in range(groups)]
    for place, words in axis.ticks():
        path = "".join(f"M{place} {top}v{height + 4}" for top in tops)
        yield Path(path=path, stroke=GRID, thickness=1)
        yield Words(x=max(place, 10), y=bottom + 14, words=words, fill=GREY, anchor="middle", size=13)
    yield Words(x=RIGHT, y=bottom + 34, words="thousand £", fill=GREY, anchor="end", size=13)


def _said(group: Group, parts: Sequence[Part]) -> str:
    named = zip(parts, group.pence, strict=True)
    told = ", ".join(f"{part.name.lower()} {pounds(pence)}" for part, pence in named if pence)
    return f"{group.name}: {told or 'nothing'}."
