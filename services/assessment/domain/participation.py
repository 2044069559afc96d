"""Who may take part in assessing an application: nobody who stands to gain from it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from shared.errors import Forbidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """What a person declared; its nature is about a person, so it never leaves this service."""

    has_interest: bool
    nature: str | None = None


def refuse_applicants(person: UUID, people: Collection[UUID]) -> None:
    """Refuse whoever acts for the applicant."""
    if person in people:
        message = "You act for the applicant, so you can have no part in assessing this application."
        raise Forbidden("assessment.own_application", message)


def refuse_interested(interest: Interest | None) -> None:
    """Refuse whoever declared an interest."""
    if interest is not None and interest.has_interest:
        message = "You have declared an interest in this application, so others assess and decide it."
        raise Forbidden("assessment.interest", message)


def refuse_undeclared(interest: Interest | None) -> None:
    """Refuse whoever has not declared that they have no interest."""
    if interest is None:
        message = (
            "Say first whether you have an interest in this application; then you can read and score it."
        )
        raise Forbidden("assessment.not_declared", message)
    refuse_interested(interest)
