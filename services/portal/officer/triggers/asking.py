"""What kind of trigger makes a sum due: the questions, and the answers as contributions takes them."""

from collections.abc import Iterator, Mapping

from services.portal.layout.fields import Choice, Day, Field, WholeNumber
from services.portal.officer.triggers.words import TRIGGER_KINDS
from services.portal.sending import Json, as_json
from shared.errors import Problem

MOST_DWELLINGS = 100_000
WHOLE_PERCENT = 100
COUNTED = {"nth_occupation": "trigger_dwelling", "percent_occupation": "trigger_percent"}
"""Kinds of trigger with a number, and what contributions calls it."""


def trigger_fields(suffix: str = "", about: str = "it") -> tuple[Field, ...]:
    """The kind of trigger, and the dwelling, percentage or date that it may need."""
    return (
        Choice(
            name=f"trigger_kind{suffix}",
            label="Kind of trigger",
            ask=f"what kind of trigger makes {about} due",
            options=TRIGGER_KINDS,
        ),
        WholeNumber(
            name=f"number{suffix}",
            label="The dwelling or percentage",
            required=False,
            smallest=1,
            largest=MOST_DWELLINGS,
            example="50",
        ),
        Day(name=f"trigger_on{suffix}", label="The date it is due", required=False, may_be_future=True),
    )


def trigger_told(values: Mapping[str, object], suffix: str = "") -> dict[str, Json]:
    """The kind with its threshold, as contributions takes it."""
    kind = str(values[f"trigger_kind{suffix}"])
    told: dict[str, Json] = {"trigger_kind": kind, "trigger_on": as_json(values[f"trigger_on{suffix}"])}
    return {**told, COUNTED[kind]: as_json(values[f"number{suffix}"])} if kind in COUNTED else told


def trigger_names(suffix: str = "", prefix: str = "") -> dict[str, str]:
    """The boxes by what contributions calls them when it refuses."""
    counted = {f"{prefix}{name}": f"number{suffix}" for name in COUNTED.values()}
    return {**counted, **{f"{prefix}{name}": f"{name}{suffix}" for name in ("trigger_kind", "trigger_on")}}


def trigger_problems(values: Mapping[str, object], suffix: str = "") -> Iterator[Problem]:
    """A number or date that the kind of trigger needs, or does not use."""
    kind, number, on = (values[f"{name}{suffix}"] for name in ("trigger_kind", "number", "trigger_on"))
    if kind in COUNTED and number is None:
        yield Problem(f"number{suffix}", "Enter which dwelling, or what percentage, makes it due")
    if kind not in COUNTED and number is not None:
        yield Problem(f"number{suffix}", "Leave the dwelling or percentage empty for this kind of trigger")
    if kind == "percent_occupation" and isinstance(number, int) and number > WHOLE_PERCENT:
        yield Problem(f"number{suffix}", "The percentage must be 100 or less")
    if kind == "date" and on is None:
        yield Problem(f"trigger_on{suffix}", "Enter the date it is due")
    if kind != "date" and on is not None:
        yield Problem(f"trigger_on{suffix}", "Leave the date empty for this kind of trigger")
