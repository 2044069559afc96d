"""A balance with which records here begin: of one obligation, or of a pool that no single deed explains."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.contributions.domain.money import amount_refusal
from services.contributions.domain.record_keeping.mode import RecordKeeping
from services.contributions.domain.register.purposes import purpose_refusal
from shared.checks import future_refusal, refuse_all, text_refusal
from shared.errors import Invalid
from shared.wording import in_words


class Standing(StrEnum):
    """Reconciled: agreed with the general ledger. Unreconciled: not yet. Pooled: of no single deed."""

    RECONCILED = "reconciled"
    UNRECONCILED = "unreconciled"
    POOLED = "pooled"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningBalance:
    """What is taken over into one pot, in pence, as it stood at the end of a day, and from which source."""

    pot_id: UUID
    organisation: str
    standing: Standing
    amount_pence: int
    as_at_on: date
    source: str
    spend_by_on: date | None = None
    obligation_id: UUID | None = None
    pool: str | None = None
    purpose: str | None = None
    wards: frozenset[str] = frozenset()

    @property
    def is_pooled(self) -> bool:
        """Whether no single deed explains the balance."""
        return self.standing is Standing.POOLED


def check_opening_balance(balance: OpeningBalance, keeping: RecordKeeping, *, today: date) -> None:
    """Invalid, field by field, where the balance cannot be one that records here begin with."""
    source = "where the balance comes from, such as the ledger's closing balance"
    refuse_all(
        "opening_balance.invalid",
        [
            amount_refusal(balance.amount_pence),
            future_refusal(balance.as_at_on, today=today, field="as_at_on", name="The balance"),
            _begin_refusal(balance, keeping),
            text_refusal(balance.source, field="source", name=source),
            *_of_refusals(balance),
        ],
    )


def _begin_refusal(balance: OpeningBalance, keeping: RecordKeeping) -> Invalid | None:
    begin_on = keeping.records_begin_on
    if begin_on is None:
        message = "Decide first from which day on the record is kept here."
        return Invalid("opening_balance.no_beginning", message, field="as_at_on")
    if balance.as_at_on <= begin_on:
        return None
    message = (
        f"Records here begin on {in_words(begin_on)}. What came later is recorded as a receipt; "
        "give a day up to that."
    )
    return Invalid("opening_balance.after_beginning", message, field="as_at_on")


def _of_refusals(balance: OpeningBalance) -> list[Invalid | None]:
    if not balance.is_pooled:
        message = "Say which obligation the balance is of, or enter it as pooled."
        missing = Invalid("opening_balance.obligation_missing", message, field="obligation_id")
        return [missing if balance.obligation_id is None else None]
    message = "A pooled balance is of no single obligation. Leave it out, or choose another standing."
    of_one = Invalid("opening_balance.of_one_obligation", message, field="obligation_id")
    return [
        text_refusal(balance.pool or "", field="pool", name="a name for the pool"),
        purpose_refusal({balance.purpose or "A blank"}, field="purpose"),
        of_one if balance.obligation_id is not None else None,
    ]
