"""Charts as plain shapes with their numbers; `chart.html` draws them without a script or a style."""

from services.portal.layout.charts.consumption import Consumption, consumption
from services.portal.layout.charts.pots import pot
from services.portal.layout.charts.savings import PromisedMeasured, promised_against_measured
from services.portal.layout.charts.shapes import PALETTE, PAPER, Chart, contrast
from services.portal.layout.charts.sums import Group, Part, compared, divided

__all__ = (
    "PALETTE",
    "PAPER",
    "Chart",
    "Consumption",
    "Group",
    "Part",
    "PromisedMeasured",
    "compared",
    "consumption",
    "contrast",
    "divided",
    "pot",
    "promised_against_measured",
)
