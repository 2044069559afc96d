"""What contributions answers about the fund's money at a glance."""

from datetime import date

from services.portal.officer.books import Told


class Standing(Told):
    """Where money stands now, in pence; at risk is what a near or past spend-by date may take away."""

    secured_pence: int
    received_pence: int
    interest_pence: int
    available_pence: int
    reserved_pence: int
    committed_pence: int
    paid_pence: int
    returning_pence: int
    returned_pence: int
    at_risk_pence: int


class GroupStanding(Standing):
    """The same for one ward or one purpose."""

    name: str


class YearOfMoney(Told):
    """What happened in a financial year, in pence; None begins what was taken over without a date."""

    begins_in: int | None
    secured_pence: int
    received_pence: int
    reserved_pence: int
    committed_pence: int
    released_pence: int
    paid_pence: int
    returned_pence: int

    @property
    def name(self) -> str:
        """The year as councils write it: 2024 to 2025."""
        return "No date" if self.begins_in is None else f"{self.begins_in} to {self.begins_in + 1}"


class Dashboard(Told):
    """The fund in all, and divided three ways."""

    at_risk_until: date
    total: Standing
    years: tuple[YearOfMoney, ...]
    wards: tuple[GroupStanding, ...]
    purposes: tuple[GroupStanding, ...]
