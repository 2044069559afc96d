"""Who may act in the fund, and the person behind a request."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person is trusted with; several people hold each, and nobody needs all."""

    OFFICER = "officer"
    APPLICANT = "applicant"
    ASSESSOR = "assessor"
    DECISION_MAKER = "decision_maker"
    PAYMENT_REQUESTER = "payment_requester"
    PAYMENT_APPROVER = "payment_approver"
    FUND_MANAGER = "fund_manager"
    AUDITOR = "auditor"
    TEAM = "team"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Caller:
    """The signed-in person of a request: an opaque id and the roles their token gives."""

    person_id: UUID
    roles: frozenset[Role]

    def has(self, *roles: Role) -> bool:
        """Whether the caller holds any of the roles."""
        return not self.roles.isdisjoint(roles)
