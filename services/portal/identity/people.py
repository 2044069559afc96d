"""The people of the demonstration: invented, each with a fixed id and what they are trusted with."""

from dataclasses import dataclass
from uuid import UUID

from shared.web.roles import Caller, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who can sign in: the name on the page, their roles, and in words what they may do."""

    id: UUID
    name: str
    roles: tuple[Role, ...]
    may: str

    @property
    def caller(self) -> Caller:
        """The person as the services know them."""
        return Caller(self.id, frozenset(self.roles))


def _person(number: int, name: str, role: Role, may: str) -> Person:
    return Person(
        id=UUID(int=0x0D000000_0000_4000_8000_000000000000 + number), name=name, roles=(role,), may=may
    )


OFFICER = _person(
    1,
    "Priya Shah",
    Role.OFFICER,
    "Planning officer. Records agreements, obligations and receipts; sees every pot.",
)
HALL_SECRETARY = _person(
    2,
    "Margaret Tilley",
    Role.APPLICANT,
    "Secretary of Swan Hill Village Hall. Applies, accepts an offer, claims.",
)
SCHOOL_MANAGER = _person(
    3,
    "Daniel Osei",
    Role.APPLICANT,
    "Business manager of Brook End Primary School. Applies, accepts, claims.",
)
FIRST_ASSESSOR = _person(
    4, "Helen Marsh", Role.ASSESSOR, "Assessor. Declares any interest, then reads and scores applications."
)
SECOND_ASSESSOR = _person(
    5, "Tomasz Nowak", Role.ASSESSOR, "Assessor. Declares any interest, then reads and scores applications."
)
DECISION_MAKER = _person(
    6,
    "Ruth Adeyemi",
    Role.DECISION_MAKER,
    "Decision-maker. Awards or declines, with reasons that are published.",
)
PAYMENT_REQUESTER = _person(
    7, "Gareth Pugh", Role.PAYMENT_REQUESTER, "Finance officer. Requests the payment of a verified claim."
)
PAYMENT_APPROVER = _person(
    8, "Anita Rao", Role.PAYMENT_APPROVER, "Finance manager. Approves payments that another person requested."
)
READINGS_SUPPLIER = _person(
    9,
    "Joe Fletcher",
    Role.TEAM,
    "Sustainability team. Looks after projects and supplies their meter readings.",
)
VERIFIER = _person(
    10, "Lena Brandt", Role.TEAM, "Sustainability team. Verifies works, and savings from others' readings."
)
OPERATOR = _person(
    11, "Sam Whitlock", Role.OPERATOR, "Operator. Looks after the service itself: sees the public pages only."
)
FUND_MANAGER = _person(
    12,
    "Nasreen Malik",
    Role.FUND_MANAGER,
    "Fund manager. Watches spend-by dates, sets prices and indices, extends and refunds pots.",
)
AUDITOR = _person(
    13,
    "Colin Baxter",
    Role.AUDITOR,
    "Auditor. Reads the books and the register; changes nothing.",
)

DEMONSTRATION_PEOPLE = (
    OFFICER,
    HALL_SECRETARY,
    SCHOOL_MANAGER,
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
"""Everybody who can sign in to a demonstration; outside one nobody of these exists."""
