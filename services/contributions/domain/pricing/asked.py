"""How a clause sets its sum, as a form or a program asks for it."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from services.contributions.domain.pricing.policy import DwellingSums
from services.contributions.domain.pricing.statement import Dwellings
from shared.errors import Invalid


class Method(StrEnum):
    """A sum in the deed, a sum in the deed for each dwelling, or worked out under a price policy."""

    FIXED = "fixed"
    PER_DWELLING = "per_dwelling"
    POLICY = "policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class SumAsked:
    """What a sum is to be worked out from; each method needs its own fields.

    `replaces_id` is the calculation that one from the statement as built follows.
    """

    method: Method
    amount_pence: int | None = None
    dwelling_sums: DwellingSums = field(default_factory=DwellingSums)
    dwellings: Dwellings = field(default_factory=Dwellings)
    policy_id: UUID | None = None
    policy_version: int | None = None
    statement_id: UUID | None = None
    replaces_id: UUID | None = None

    def under_policy(self) -> tuple[UUID, int]:
        """The version of the policy, or Invalid where it is not named."""
        if self.policy_id is None or self.policy_version is None:
            message = "Choose the price policy and the version that the deed names."
            raise Invalid("policy.missing", message, field="policy_id")
        return self.policy_id, self.policy_version

    def from_statement(self) -> UUID:
        """The statement, or Invalid where it is not named."""
        if self.statement_id is None:
            message = "Choose the approved energy statement that the sum is worked out from."
            raise Invalid("statement.missing", message, field="statement_id")
        return self.statement_id
