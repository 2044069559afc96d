"""What is said about each row of a file: taken, mended, warned about, repeated or refused, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Value_co = TypeVar("Value_co", covariant=True)


class Dataset(StrEnum):
    """The three files, by their names in the national specification."""

    AGREEMENT = "developer-agreement"
    CONTRIBUTION = "developer-agreement-contribution"
    TRANSACTION = "developer-agreement-transaction"


class Outcome(StrEnum):
    """What became of a row; mended, warned and changed rows are taken too.

    A changed row says something else than an earlier file did, and stands from now on.
    """

    TAKEN = "taken"
    MENDED = "mended"
    WARNED = "warned"
    CHANGED = "changed"
    REPEATED = "repeated"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Note:
    """One remark on one field of a row: what was reported, and what was done or is to be done about it."""

    outcome: Outcome
    field: str
    reported: str
    message: str


@dataclass(frozen=True, slots=True)
class Parsed(Generic[Value_co]):
    """A value read from a cell, with the remark it calls for, if any."""

    value: Value_co
    note: Note | None = None


def mended(field: str, reported: str, message: str) -> Note:
    """A remark that the value was put right, and how."""
    return Note(Outcome.MENDED, field, reported, message)


def warned(field: str, reported: str, message: str) -> Note:
    """A remark that the row is taken although something in it is doubtful."""
    return Note(Outcome.WARNED, field, reported, message)


def refused(field: str, reported: str, message: str) -> Note:
    """A remark that the row cannot be taken, with its remedy."""
    return Note(Outcome.REFUSED, field, reported, message)


def repeated(reference: str) -> Note:
    """A remark that the same row came before in the file."""
    return Note(Outcome.REPEATED, "reference", reference, "The same row stands above. It was counted once.")


def known_already(reference: str) -> Note:
    """A remark that an earlier file brought the same row."""
    message = "An earlier file brought the same row. Nothing was changed."
    return Note(Outcome.REPEATED, "reference", reference, message)


def changed_since(reference: str) -> Note:
    """A remark that an earlier file said something else under the same reference."""
    message = (
        "An earlier file said something else under this reference, and that stands. "
        "Record what happened since on the agreement, or give the row a reference of its own."
    )
    return refused("reference", reference, message)


def taken_anew(reference: str, said: str) -> Note:
    """A remark that a row says something else than before, and that this stands now."""
    return Note(Outcome.CHANGED, "reference", reference, f"Taken anew: {said}.")


def moved_elsewhere(reference: str) -> Note:
    """A remark that a row names another deed, contribution or council than before."""
    message = "An earlier file said that this belongs elsewhere. Give it a reference of its own."
    return refused("reference", reference, message)


def officers_stands(reference: str) -> Note:
    """A remark that an officer recorded the same thing by hand before."""
    message = "An officer recorded this before, and that stands. Compare the two."
    return warned("reference", reference, message)


def outcome_of(notes: Iterable[Note]) -> Outcome:
    """What a row's remarks make of it: the gravest of them, or taken."""
    gravity = list(Outcome)
    return max((note.outcome for note in notes), key=gravity.index, default=Outcome.TAKEN)
