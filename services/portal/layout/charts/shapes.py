"""What a chart is made of: a palette that stands out from paper, shapes, and the numbers that they show."""

from dataclasses import dataclass
from typing import Literal

INK = "#0b0c0c"
GREY = "#5b6468"
PROMISED = "#8a6100"
MEASURED = "#1f7a6d"
OBSERVED = "#0b4a4f"
COUNTERFACTUAL = "#b3400f"
PAID = "#0b4a4f"
COMMITTED = "#1f7a6d"
RESERVED = "#8a6100"
AVAILABLE = "#5f6f9c"
REFUNDING = "#7a2f6b"
RETURNED = "#b3400f"
PALETTE = (INK, GREY, PROMISED, MEASURED, COUNTERFACTUAL, COMMITTED, AVAILABLE, REFUNDING)
PAPER = "#ffffff"
GRID = "#b1b4b6"
WIDTH = 640
DARKEST_LINEAR = 0.04045  # of the sRGB curve, as WCAG 2.2 defines relative luminance


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """A filled or outlined rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""
    kind: Literal["rectangle"] = "rectangle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A line through points."""

    path: str
    stroke: str
    thickness: float = 2
    dashes: str = ""
    kind: Literal["path"] = "path"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A label."""

    x: float
    y: float
    words: str
    fill: str = INK
    size: int = 14
    anchor: Literal["start", "middle", "end"] = "start"
    bold: bool = False
    kind: Literal["words"] = "words"


Shape = Rectangle | Path | Words


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What a colour or a dash stands for."""

    words: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing with its title, its meaning in words, and the same numbers as table rows."""

    id: str
    title: str
    description: str
    height: int
    shapes: tuple[Shape, ...]
    legend: tuple[LegendEntry, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    width: int = WIDTH
    fits_narrow: bool = False


def swatch(fill: str, stroke: str = "") -> Rectangle:
    """The sample of a fill in a legend."""
    return Rectangle(x=2, y=1, width=20, height=12, fill=fill, stroke=stroke)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= DARKEST_LINEAR else ((part + 0.055) / 1.055) ** 2.4 for part in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
