"""The people of the tests: each an opaque id with the roles that their token gives."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from shared.web.roles import Role
from shared.web.tokens import DEMONSTRATION_PRIVATE_KEY, LIFETIME, mint


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in."""

    name: str
    roles: tuple[Role, ...]

    @property
    def id(self) -> UUID:
        return uuid5(NAMESPACE_URL, f"offset-fund-test:{self.name}")

    def token(self, audience: str, lifetime: timedelta = LIFETIME) -> str:
        return mint(
            self.id,
            self.roles,
            audience=audience,
            private_key=DEMONSTRATION_PRIVATE_KEY,
            lifetime=lifetime,
        )


OFFICER = Person("officer", (Role.OFFICER,))
APPLICANT = Person("applicant", (Role.APPLICANT,))
OTHER_APPLICANT = Person("other applicant", (Role.APPLICANT,))
FIRST_ASSESSOR = Person("first assessor", (Role.ASSESSOR,))
SECOND_ASSESSOR = Person("second assessor", (Role.ASSESSOR,))
DECISION_MAKER = Person("decision maker", (Role.DECISION_MAKER,))
PAYMENT_REQUESTER = Person("payment requester", (Role.PAYMENT_REQUESTER,))
PAYMENT_APPROVER = Person("payment approver", (Role.PAYMENT_APPROVER,))
READINGS_SUPPLIER = Person("team member who supplies readings", (Role.TEAM,))
VERIFIER = Person("team member who verifies", (Role.TEAM,))
OPERATOR = Person("operator", (Role.OPERATOR,))
FUND_MANAGER = Person("fund manager", (Role.FUND_MANAGER,))
AUDITOR = Person("auditor", (Role.AUDITOR,))
EVERYBODY = (
    OFFICER,
    APPLICANT,
    OTHER_APPLICANT,
    FIRST_ASSESSOR,
    SECOND_ASSESSOR,
    DECISION_MAKER,
    PAYMENT_REQUESTER,
    PAYMENT_APPROVER,
    READINGS_SUPPLIER,
    VERIFIER,
    OPERATOR,
    FUND_MANAGER,
    AUDITOR,
)
