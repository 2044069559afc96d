"""A pot: the money of one receipt, with its deed's limits."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Pot:
    """Money of one receipt with its deed's limits: purposes, wards, recipients (none: any), spend-by date."""

    id: UUID
    organisation: str
    obligation_id: UUID
    purpose: str | None
    received_pence: int
    received_on: date | None = None
    spend_by_on: date | None = None
    wards: frozenset[str] = frozenset()
    allowed_purposes: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()

    @property
    def spendable_on(self) -> frozenset[str]:
        """The purposes its deed lets it be spent on; none where an import could not read the purpose."""
        named = frozenset() if self.purpose is None else frozenset({self.purpose})
        return named | self.allowed_purposes

    @property
    def order(self) -> tuple[bool, date, UUID]:
        """Earliest spend-by first, then id; pots without a date last."""
        return (self.spend_by_on is None, self.spend_by_on or date.max, self.id)


@dataclass(frozen=True, slots=True)
class AvailablePot:
    """A pot and what of it is neither reserved, committed nor paid, in pence."""

    pot: Pot
    available_pence: int


@dataclass(frozen=True, slots=True)
class Share:
    """What one pot gives to a reservation or payment, in pence; flagged where it has no spend-by date."""

    pot_id: UUID
    amount_pence: int
    without_spend_by: bool = False
