"""One invented example of each event: in the AsyncAPI document, and kept by the contract tests for ever."""

from __future__ import annotations

import types
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import BaseModel

from shared.events import Event

DAY = date(2026, 4, 17)
WORDS = {
    "address": "Mill Lane, Netherbourne",
    "added_fuel": "electricity",
    "basis": "metered, weather-normalised",
    "code": "carbon",
    "developer": "Netherbourne Homes Ltd",
    "document_url": "https://netherbourne.example/deeds/1",
    "explanation": "Three quotes were sent; the fund asks for three.",
    "factor_edition": "2025",
    "fuel": "natural_gas",
    "fund_name": "Netherbourne Carbon Offset Fund",
    "fuels": "natural_gas",
    "kind": "insulation",
    "measure_kinds": "insulation",
    "milestone": "Loft insulated",
    "name": "Netherbourne Village Hall",
    "building_name": "Netherbourne Village Hall",
    "organisation": "netherbourne",
    "organisation_kind": "village_hall",
    "organisation_kinds": "village_hall",
    "organisation_name": "Netherbourne Village Hall Trust",
    "planning_application": "26/00001/FUL",
    "purpose": "carbon_offset",
    "purposes": "carbon_offset",
    "reason": "Every fuel that the works touch is metered.",
    "reasons": "The largest saving for each pound that was asked for.",
    "reference": "NB-2026-0001",
    "rule": "quotes",
    "station": "Netherbourne",
    "summary": "The sum may be spent within ten years instead of five.",
    "title": "Carbon saved for each pound",
    "trigger": "Before the first home is occupied",
    "uprn": "100000000001",
    "use": "village_hall",
    "variation_url": "https://netherbourne.example/deeds/2",
    "voucher": "V-000001",
    "ward": "Nether",
    "ward_edition": "Wards of May 2022",
    "wards": "Nether",
    "way_forward": "Ask for two more quotes and apply again.",
    "clause": "Schedule 3, paragraph 2",
    "formula": "tonnes a year times years",
    "label": "Tonnes over the years",
    "policy_name": "Carbon offset price",
    "policy_source": "Sustainable construction policy, page 12",
    "policy_source_url": "https://netherbourne.example/policy",
    "result": "1,500 tCO2e",
    "rounding": "to the nearest penny, half a penny up",
    "scope": "regulated",
    "source": "Sustainable construction policy, page 12",
    "source_url": "https://netherbourne.example/policy",
    "stage": "as_designed",
    "statement_reference": "Energy statement, revision C",
    "statement_stage": "as_designed",
    "working": "50 tCO2e a year for 30 years",
}
"""Invented words by field; any other field gets its own name."""
NUMBERS = {"weight_percent": 100, "grant_percent_limit": 50, "confidence_percent": 90, "lifetime_years": 40}
PENCE, OTHER_NUMBER = 1_500_000, 12
"""All sums of a sample are the same, so that its one share adds up to its grant."""


def sample_of(event_type: type[Event]) -> Event:
    """The example of a type: every field set, the same in every run."""
    return event_type.model_validate(_fields(event_type))


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    return {name: _value(info.annotation, name) for name, info in model.model_fields.items()}


def _value(annotation: Any, name: str) -> Any:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in {Union, types.UnionType}:
        return _value(next(one for one in arguments if one is not type(None)), name)
    if origin is tuple:
        return (_value(arguments[0], name),)
    if origin is Literal:
        return arguments[0]
    if issubclass(annotation, BaseModel):
        return _fields(annotation)
    return _plain(annotation, name)


def _plain(annotation: type, name: str) -> Any:
    if annotation is UUID:
        return uuid5(NAMESPACE_URL, f"https://netherbourne.example/{name}")
    if annotation is int:
        return PENCE if name.endswith("_pence") else NUMBERS.get(name, OTHER_NUMBER)
    made = {str: WORDS.get(name, name), bool: True, date: DAY, Decimal: Decimal("1234.5")}
    if annotation not in made:
        message = f"There is no sample for {name}: {annotation}. Add one to deploy/specifications/samples.py."
        raise TypeError(message)
    return made[annotation]
