"""Charts as plain shapes with their numbers; `chart.html` draws them without a script or a style."""

from services.portal.layout.charts.consumption import Consumption, consumption
from services.portal.layout.charts.pots import pot
from services.portal.layout.charts.savings import PromisedMeasured, promised_against_measured
from services.portal.layout.charts.shapes import PALETTE, PAPER, Chart, contrast

__all__ = (
    "PALETTE",
    "PAPER",
    "Chart",
    "Consumption",
    "PromisedMeasured",
    "consumption",
    "contrast",
    "pot",
    "promised_against_measured",
)
