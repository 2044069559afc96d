"""The published language: names, versions, and what may never be said in it."""

import re
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from shared.events import EVENTS, Event, Part
from shared.events.topics import TOPICS

PERSONAL = re.compile(
    r"(first|last|full|given|family|contact|person|applicant|developer|payee)_?name|e_?mail|telephone|phone|"
    r"date_of_birth|bank|sort_code|account_number|iban|signature|title$"
)
"""Field names that would carry somebody's details."""
ALLOWED_TITLES = {"Criterion.title"}


def fields(model: type[BaseModel], seen: tuple[type, ...] = ()) -> list[tuple[str, Any]]:
    """Every field that an event may carry, in its parts too."""
    found: list[tuple[str, Any]] = []
    for name, info in model.model_fields.items():
        found.append((f"{model.__name__}.{name}", info.annotation))
        for inner in parts_of(info.annotation):
            if inner not in seen:
                found += fields(inner, (*seen, inner))
    return found


def parts_of(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [part for argument in get_args(annotation) for part in parts_of(argument)]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_no_event_can_carry_personal_data(event: type[Event]) -> None:
    suspicious = {
        name
        for name, _ in fields(event)
        if PERSONAL.search(name.rpartition(".")[2]) and name not in ALLOWED_TITLES
    }

    assert suspicious == set()


def test_the_search_for_personal_data_finds_it() -> None:
    class Chair(Part):
        email: str

    class ChairElected(Event):
        chairs: tuple[Chair, ...]

    assert any(PERSONAL.search(name.rpartition(".")[2]) for name, _ in fields(ChairElected))


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_an_event_is_named_in_the_past_tense_with_a_version(event: type[Event]) -> None:
    assert re.fullmatch(r"[a-z]+(\.[a-z_]+)\.v[1-9][0-9]*", event.name)
    assert event.key_field in event.model_fields
    assert re.fullmatch(r"(contributions|applications|assessment|monitoring)\.[a-z_]+", event.topic)
    assert event.__doc__


def test_each_event_has_a_name_of_its_own() -> None:
    names = [event.name for event in EVENTS]

    assert len(names) == len(set(names))
    assert {event.topic for event in EVENTS} == set(TOPICS)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_money_is_whole_pence_and_energy_is_never_a_float(event: type[Event]) -> None:
    for name, annotation in fields(event):
        assert annotation is not float, name
        if name.endswith("_pence"):
            assert annotation is int, name
