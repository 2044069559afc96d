"""What makes an obligation due: an event on the site that can be reported, or a date."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.errors import Invalid

MOST_DWELLINGS = 100_000
WHOLE_PERCENT = 100


class TriggerKind(StrEnum):
    """What a deed waits for before a sum is due; `OTHER` is told by the deed's words alone."""

    COMMENCEMENT = "commencement"
    FIRST_OCCUPATION = "first_occupation"
    NTH_OCCUPATION = "nth_occupation"
    PERCENT_OCCUPATION = "percent_occupation"
    COMPLETION = "completion"
    DATE = "date"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What is waited for: which dwelling's occupation, what percent of the dwellings, or which day.

    Each threshold belongs to one kind: `dwelling` counts from 1, `percent` is of the consented dwellings.
    """

    kind: TriggerKind
    dwelling: int | None = None
    percent: int | None = None
    on: date | None = None


def trigger_refusals(trigger: Trigger | None, *, prefix: str = "") -> list[Invalid | None]:
    """Why a trigger cannot be taken as a form gives it: a threshold is missing, impossible or superfluous."""
    if trigger is None:
        return []
    return [
        _dwelling_refusal(trigger, f"{prefix}trigger_dwelling"),
        _percent_refusal(trigger, f"{prefix}trigger_percent"),
        _date_refusal(trigger, f"{prefix}trigger_on"),
    ]


def _dwelling_refusal(trigger: Trigger, field: str) -> Invalid | None:
    if trigger.kind != TriggerKind.NTH_OCCUPATION:
        return _superfluous(trigger.dwelling, field)
    if trigger.dwelling is not None and 1 <= trigger.dwelling <= MOST_DWELLINGS:
        return None
    message = f"Enter which dwelling's occupation makes the sum due, a number from 1 to {MOST_DWELLINGS:,}."
    return Invalid("trigger_dwelling.out_of_range", message, field=field)


def _percent_refusal(trigger: Trigger, field: str) -> Invalid | None:
    if trigger.kind != TriggerKind.PERCENT_OCCUPATION:
        return _superfluous(trigger.percent, field)
    if trigger.percent is not None and 1 <= trigger.percent <= WHOLE_PERCENT:
        return None
    message = "Enter what percentage of the dwellings must be occupied, a whole number from 1 to 100."
    return Invalid("trigger_percent.out_of_range", message, field=field)


def _date_refusal(trigger: Trigger, field: str) -> Invalid | None:
    if trigger.kind != TriggerKind.DATE:
        return _superfluous(trigger.on, field)
    if trigger.on is not None:
        return None
    return Invalid("trigger_on.missing", "Enter the date on which the sum becomes due.", field=field)


def _superfluous(threshold: object, field: str) -> Invalid | None:
    if threshold is None:
        return None
    name = field.rpartition("_")[2].replace("on", "date")
    message = f"Leave the {name} empty, or choose the kind of trigger that it belongs to."
    return Invalid("trigger.threshold_of_another_kind", message, field=field)
