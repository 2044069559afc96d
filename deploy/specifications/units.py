"""The unit of a field, which its name ends with: written into the documents for those who read them."""

from __future__ import annotations

from typing import Any

UNITS = {
    "_pence": "pence",
    "_kg_co2e_per_kwh": "kgCO2e per kWh",
    "_kwh_per_degree_day": "kWh per degree day",
    "_kwh_per_day": "kWh per day",
    "_kg_co2e": "kgCO2e",
    "_kwh": "kWh",
    "_celsius": "degrees Celsius",
    "_percent": "per cent",
    "_months": "months",
    "_years": "years",
    "_days": "days",
    "_bytes": "bytes",
}


def unit_of(field: str) -> str | None:
    """The unit that a field's name tells, such as pence for `amount_pence`."""
    return next((unit for ending, unit in UNITS.items() if f"_{field}".endswith(ending)), None)


def add_units(node: Any) -> None:
    """Write `x-unit` beside every property whose name tells its unit, in all schemas of a document."""
    if isinstance(node, list):
        for item in node:
            add_units(item)
    if not isinstance(node, dict):
        return
    for name, schema in (
        node.get("properties", {}).items() if isinstance(node.get("properties"), dict) else ()
    ):
        unit = unit_of(name)
        if unit and isinstance(schema, dict):
            schema["x-unit"] = unit
    for below in node.values():
        add_units(below)
