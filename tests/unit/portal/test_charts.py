from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from services.portal.layout import charts
from services.portal.layout.charts.axes import Axis
from services.portal.layout.charts.shapes import (
    COUNTERFACTUAL,
    GREY,
    INK,
    MEASURED,
    OBSERVED,
    Path,
    Rectangle,
)
from services.portal.layout.templates import environment
from tests.support.sample_portal import (
    compared_chart,
    consumption_chart,
    divided_chart,
    pot_chart,
    savings_chart,
)

SVG = "{http://www.w3.org/2000/svg}"
ALL = [savings_chart(), consumption_chart(), pot_chart(), divided_chart(), compared_chart()]


def drawn(chart: charts.Chart) -> ET.Element:
    module = environment().get_template("chart.html").make_module()
    return ET.fromstring(module.drawing(chart))  # type: ignore[attr-defined]  # noqa: S314


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.id)
def test_a_chart_is_valid_xml_with_a_role_a_title_and_a_description(chart: charts.Chart) -> None:
    svg = drawn(chart)

    named = svg.attrib["aria-labelledby"].split()
    assert svg.attrib["role"] == "img"
    assert [one.attrib["id"] for one in svg if one.tag in {SVG + "title", SVG + "desc"}] == named
    assert svg.findtext(SVG + "desc") == chart.description


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.id)
def test_a_chart_has_no_style_or_script_that_the_policy_would_refuse(chart: charts.Chart) -> None:
    for one in drawn(chart).iter():
        assert one.tag not in {SVG + "style", SVG + "script"}
        assert not [name for name in one.attrib if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.id)
def test_everything_drawn_lies_within_the_drawing(chart: charts.Chart) -> None:
    for rectangle in (shape for shape in chart.shapes if isinstance(shape, Rectangle)):
        assert 0 <= rectangle.x <= rectangle.x + rectangle.width <= chart.width + 0.1
        assert 0 <= rectangle.y <= rectangle.y + rectangle.height <= chart.height


@pytest.mark.parametrize("colour", charts.PALETTE)
def test_every_colour_stands_out_from_the_paper(colour: str) -> None:
    assert charts.contrast(colour, charts.PAPER) >= 3


def test_labels_can_be_read_and_whiskers_seen_on_their_bar() -> None:
    assert charts.contrast(INK, charts.PAPER) >= 4.5
    assert charts.contrast(GREY, charts.PAPER) >= 4.5
    assert charts.contrast(INK, MEASURED) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert charts.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert charts.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_the_bars_are_as_long_as_the_numbers_in_the_table() -> None:
    chart = savings_chart()
    long_ago = [float(cell.replace(",", "")) for row in chart.rows for cell in row[1:3] if cell[0].isdigit()]

    widths = [shape.width for shape in chart.shapes if isinstance(shape, Rectangle)]

    scales = [width / value for width, value in zip(widths, long_ago, strict=True)]
    assert scales == pytest.approx([scales[0]] * len(scales), rel=0.001)


def test_a_building_without_readings_has_no_measured_bar_and_says_so() -> None:
    chart = savings_chart()

    measured = [one for one in chart.shapes if isinstance(one, Rectangle) and one.fill == MEASURED]
    assert len(measured) == 2
    assert chart.rows[2] == ("Loughton parish rooms", "2,500", "Not yet measured", "Not yet measured")
    assert "Loughton parish rooms: promised 2,500 kgCO2e, not yet measured." in chart.description


def test_a_pot_is_shared_out_in_proportion_to_the_table() -> None:
    widths = [shape.width for shape in pot_chart().shapes if isinstance(shape, Rectangle)]

    assert [round(width / sum(widths), 3) for width in widths] == [0.169, 0.113, 0.056, 0.661]
    assert pot_chart().rows[-1] == ("Whole pot", "£88,596.00")


def test_an_empty_pot_is_drawn_without_a_bar() -> None:
    empty = charts.pot(
        paid_pence=0, committed_pence=0, reserved_pence=0, available_pence=0, chart_id="p", title="Pot"
    )

    assert empty.shapes == ()


def test_a_gap_in_the_readings_is_a_gap_in_the_line() -> None:
    lines = {one.stroke: one for one in consumption_chart().shapes if isinstance(one, Path)}

    assert lines[OBSERVED].path.count("M") == 2
    assert lines[COUNTERFACTUAL].path.count("M") == 1
    assert lines[COUNTERFACTUAL].dashes


def test_each_point_of_a_line_is_as_high_as_its_number() -> None:
    chart = consumption_chart()
    line = next(one for one in chart.shapes if isinstance(one, Path) and one.stroke == COUNTERFACTUAL)

    heights = [float(y) for y in re.findall(r"[ML][0-9.]+ ([0-9.]+)", line.path)]

    values = [float(row[2]) for row in chart.rows]
    assert len(heights) == len(values) == 365
    for (value, height), (later, lower) in pairwise(zip(values, heights, strict=True)):
        assert (later - value) * (lower - height) <= 0


def test_an_axis_holds_zero_and_every_value_with_few_round_ticks() -> None:
    axis = Axis.over([Decimal(-1000), Decimal(9800)], 0, 100)

    assert [words for _, words in axis.ticks()] == [
        "\N{MINUS SIGN}2,500",
        "0",
        "2,500",
        "5,000",
        "7,500",
        "10,000",
    ]
    assert [words for _, words in Axis.over([Decimal("0.8")], 0, 100).ticks()][:3] == ["0.00", "0.20", "0.40"]
    assert Axis.over([], 0, 100).ticks()


def test_names_are_escaped_in_the_drawing() -> None:
    bars = [charts.PromisedMeasured(label="A & <b>", promised=Decimal(1), measured=None, band=None)]
    chart = charts.promised_against_measured(bars, chart_id="x", title="<script>", unit="kg")

    assert "A & <b>" in [one.text for one in drawn(chart).iter(SVG + "text")]
