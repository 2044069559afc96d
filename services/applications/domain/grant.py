"""A grant: offered, accepted or declined, then claimed in parts that never exceed it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.applications.domain.checks import pence_refusal, required_refusal
from shared.checks import future_refusal, refuse_all
from shared.errors import Conflict, Invalid
from shared.wording import in_pounds, in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Part of the grant claimed for works that are done, with the files that show it (pence)."""

    id: UUID
    milestone: str
    amount_pence: int
    claimed_on: date
    evidence_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """The offer of a grant, the applicant's answer to it, and how much of it is claimed (pence)."""

    award_id: UUID
    amount_pence: int
    decided_on: date
    accepted_on: date | None = None
    declined_on: date | None = None
    claimed_pence: int = 0

    @property
    def left_pence(self) -> int:
        """What can still be claimed."""
        return self.amount_pence - self.claimed_pence

    def accept(self, *, accepted_on: date, today: date) -> "Grant":
        """The grant accepted, once."""
        self._refuse_when_answered()
        self._check_answer_date(accepted_on, today, "accepted_on")
        return replace(self, accepted_on=accepted_on)

    def decline(self, *, declined_on: date, today: date) -> "Grant":
        """The grant turned down, once."""
        self._refuse_when_answered()
        self._check_answer_date(declined_on, today, "declined_on")
        return replace(self, declined_on=declined_on)

    def claim(self, claim: Claim, *, known_evidence: frozenset[UUID], today: date) -> "Grant":
        """The grant with one more part claimed; never more than what is left of it."""
        if self.accepted_on is None:
            raise Conflict("grant.not_accepted", "Accept the grant before you claim part of it.")
        refuse_all(
            "claim.invalid",
            [
                required_refusal(claim.milestone, field="milestone", name="What was done"),
                pence_refusal(claim.amount_pence, field="amount_pence", name="The claim"),
                self._above_refusal(claim.amount_pence),
                future_refusal(claim.claimed_on, today=today, field="claimed_on", name="The claim"),
                _before_refusal(claim.claimed_on, self.accepted_on, "claimed_on", "The grant was accepted"),
                *_evidence_refusals(claim.evidence_ids, known_evidence),
            ],
        )
        return replace(self, claimed_pence=self.claimed_pence + claim.amount_pence)

    def _refuse_when_answered(self) -> None:
        answers = {"accepted": self.accepted_on, "declined": self.declined_on}
        for answer, on in answers.items():
            if on is not None:
                message = f"This offer was {answer} on {in_words(on)}. There is nothing more to answer."
                raise Conflict("offer.answered", message)

    def _check_answer_date(self, on: date, today: date, field: str) -> None:
        refuse_all(
            "offer.invalid",
            [
                future_refusal(on, today=today, field=field, name="The answer"),
                _before_refusal(on, self.decided_on, field, "The grant was decided"),
            ],
        )

    def _above_refusal(self, amount_pence: int) -> Invalid | None:
        if amount_pence <= self.left_pence:
            return None
        message = (
            f"You claim {in_pounds(amount_pence)}, but of the grant of {in_pounds(self.amount_pence)} only "
            f"{in_pounds(self.left_pence)} is left. Claim that or less."
        )
        return Invalid("claim.above_grant", message, field="amount_pence")


def _before_refusal(on: date, earliest: date, field: str, what: str) -> Invalid | None:
    if on >= earliest:
        return None
    message = f"{what} on {in_words(earliest)}. Give that day or a later one."
    return Invalid("date.too_early", message, field=field)


def _evidence_refusals(ids: tuple[UUID, ...], known: frozenset[UUID]) -> Iterable[Invalid]:
    if not ids:
        message = "Send at least one file that shows the works were done, and choose it."
        yield Invalid("claim.no_evidence", message, field="evidence_ids")
    for row, evidence_id in enumerate(ids):
        if evidence_id not in known:
            message = "This file was not sent for this application. Send it first."
            yield Invalid("claim.unknown_evidence", message, field=f"evidence_ids.{row}")
