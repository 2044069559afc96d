"""Reports of sites and triggers in plain words."""

from services.portal.layout.filters import day
from services.portal.officer.triggers.books import Progress, TriggerToLookAt

TRIGGER_KINDS = (
    ("commencement", "Work on the site begins"),
    ("first_occupation", "The first dwelling or floor is occupied"),
    ("nth_occupation", "A certain dwelling is occupied, such as the 50th"),
    ("percent_occupation", "A percentage of the dwellings is occupied"),
    ("completion", "The development is completed"),
    ("date", "A date comes"),
    ("other", "Something else, as the deed says"),
)
PROGRESS_KINDS = (
    ("commenced", "Work on the site has begun"),
    ("occupied", "Dwellings are occupied"),
    ("completed", "The development is completed"),
)


def report(progress: Progress | TriggerToLookAt, kind: str | None) -> str:
    """What was reported: 12 of 48 dwellings are occupied."""
    if kind == "occupied":
        verb = "is" if progress.occupied_dwellings == 1 else "are"
        return f"{progress.occupied_dwellings} of {progress.consented_dwellings} dwellings {verb} occupied"
    return dict(PROGRESS_KINDS).get(kind or "", "")


def why(trigger: TriggerToLookAt) -> str:
    """Why a trigger seems to be met."""
    if trigger.reported_kind is None:
        return f"The date, {day(trigger.seems_met_on)}, has come"
    return f"{report(trigger, trigger.reported_kind)}, as of {day(trigger.seems_met_on)}"
