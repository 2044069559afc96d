"""Whether an organisation's agreements, demands and receipts are recorded here or follow another system."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.checks import future_refusal, organisation_refusal, refuse_all, text_refusal
from shared.errors import Conflict, Invalid


class Mode(StrEnum):
    """Master: the record is made here. Follower: it is taken from exports of another system."""

    MASTER = "master"
    FOLLOWER = "follower"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordKeeping:
    """Where one organisation's record lives, and since when records here are complete.

    `kept_before_in` names what held the record before `records_begin_on`: a system, or files on paper.
    """

    organisation: str
    mode: Mode = Mode.MASTER
    system_of_record: str | None = None
    records_begin_on: date | None = None
    kept_before_in: str | None = None

    @property
    def is_follower(self) -> bool:
        """Whether what is recorded by hand would be overwritten by the next export."""
        return self.mode is Mode.FOLLOWER

    def refuse_by_hand(self) -> None:
        """Conflict where the record lives elsewhere: what is entered here would not be true there."""
        if self.is_follower:
            message = (
                f"The record of {self.organisation} lives in {self.system_of_record}. "
                "Make the change there, and import its next export here."
            )
            raise Conflict("record_keeping.follower", message)


def decide(keeping: RecordKeeping, *, today: date) -> RecordKeeping:
    """A decision as a fund manager makes it, checked by field."""
    system, before = (keeping.system_of_record or "").strip(), (keeping.kept_before_in or "").strip()
    refuse_all(
        "record_keeping.invalid",
        [
            organisation_refusal(keeping.organisation),
            _system_refusal(keeping.mode, system),
            _begin_refusal(keeping.records_begin_on, before, today),
            text_refusal(before, field="kept_before_in", name="what held the record before")
            if before
            else None,
        ],
    )
    return RecordKeeping(
        organisation=keeping.organisation,
        mode=keeping.mode,
        system_of_record=system if keeping.is_follower else None,
        records_begin_on=keeping.records_begin_on,
        kept_before_in=before or None,
    )


def _system_refusal(mode: Mode, system: str) -> Invalid | None:
    if mode is Mode.MASTER:
        return None
    name = "the name of the system that holds the record, such as Exacom"
    return text_refusal(system, field="system_of_record", name=name)


def _begin_refusal(begin_on: date | None, before: str, today: date) -> Invalid | None:
    if begin_on is not None:
        field, name = "records_begin_on", "The beginning of the records"
        return future_refusal(begin_on, today=today, field=field, name=name)
    if not before:
        return None
    message = "Say from which day on the record is kept here, as something else held it before."
    return Invalid("records_begin_on.missing", message, field="records_begin_on")
