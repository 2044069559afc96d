"""Who is refunded what a deed lets nobody spend any more."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from shared.checks import refuse_all, text_refusal
from shared.errors import Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """A party of a deed to whom unspent money goes back, and the reference finance knows them by.

    May be a person: the name and reference are kept in this service only, and None once erased.
    """

    id: UUID
    agreement_id: UUID
    name: str | None
    reference: str | None
    removed_at: datetime | None = None
    erased_at: datetime | None = None

    def removed(self, now: datetime) -> "Payee":
        """The payee once nothing more is to be refunded to them; the name stays until it is erased."""
        if self.removed_at is not None:
            message = "This payee is removed already. There is nothing more to do."
            raise Conflict("payee.removed_before", message)
        return replace(self, removed_at=now)


def name_payee(draft: Payee) -> Payee:
    """A payee as an officer enters it, checked by field."""
    refuse_all(
        "payee.invalid",
        [
            text_refusal(draft.name or "", field="name", name="who is to be refunded"),
            None
            if draft.reference is None
            else text_refusal(draft.reference, field="reference", name="the payee's reference"),
        ],
    )
    return draft
