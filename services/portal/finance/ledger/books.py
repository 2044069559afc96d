"""What contributions tells of accounts and their entries."""

from datetime import date
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.officer.books import Told


class Account(Told):
    """An account of an organisation: its balance in pence, and the days of its first and last entry."""

    organisation: str
    account: str
    entries: int
    first_on: date
    last_on: date
    balance_pence: int


class Entry(Told):
    """One entry of an account, and the balance after it, in pence; people are ids."""

    position: int
    booked_on: date
    happened_on: date | None
    kind: str
    pot_id: UUID
    reference: str
    application_id: UUID | None
    grant_reference: str | None
    party: str | None
    cause: str
    actor: str
    amount_pence: int
    balance_pence: int

    @property
    def caused_by_event(self) -> bool:
        """Whether no person of the fund's entered it, but a fact that another service told."""
        return self.cause == "event"

    @property
    def came_late(self) -> bool:
        """Whether it is booked after the day it happened, because that was closed."""
        return self.happened_on is not None and self.happened_on < self.booked_on


class Total(Told):
    """A month or a financial year of an account, in pence."""

    first_on: date
    entries: int
    opening_pence: int
    in_pence: int
    out_pence: int
    closing_pence: int


class Statement(Told):
    """An account over a time, with some of its entries; the cursor leads to the next ones."""

    organisation: str
    account: str
    first_on: date
    last_on: date
    entries: int
    opening_pence: int
    in_pence: int
    out_pence: int
    closing_pence: int
    lines: tuple[Entry, ...]
    months: tuple[Total, ...]
    years: tuple[Total, ...]
    next_cursor: str | None


Accounts = TypeAdapter(list[Account])
