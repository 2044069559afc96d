"""Claims whose works were verified: payable from the grant, or in dispute with the reason."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class ClaimState(StrEnum):
    """Whether finance may pay the claim; a disputed one waits for people to agree on it."""

    PAYABLE = "payable"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Part of a grant claimed for works that somebody other than the claimant saw done, in pence."""

    id: UUID
    milestone: str
    amount_pence: int
    verified_on: date
    state: ClaimState = ClaimState.PAYABLE
    reason: str | None = None
