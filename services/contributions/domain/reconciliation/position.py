"""How an organisation's general ledger and its fund ledger stand to one another at the end of a month."""

from dataclasses import dataclass
from datetime import date

from services.contributions.domain.periods.period import Period
from shared.errors import Conflict, Forbidden, Invalid
from shared.wording import in_pounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Both ledgers at a month's end, in pence, and what lies between them.

    `explained_pence` are lines that the fund's books rightly lack (or have later), `outstanding_pence`
    movements of the fund that the general ledger lacks (or has later). The rest must be nothing.
    """

    general_ledger_pence: int
    fund_pence: int
    explained_pence: int
    outstanding_pence: int
    open_lines: int
    disputed_lines: int
    unexplained_movements: int

    @property
    def difference_pence(self) -> int:
        """What nobody has explained."""
        return self.general_ledger_pence - self.fund_pence - self.explained_pence + self.outstanding_pence

    def refuse_to_prepare(self, month: Period, *, told_pence: int, first_open_on: date | None) -> None:
        """A month is signed when it is closed, its file is whole, and all of both ledgers accounted for."""
        if first_open_on is None or first_open_on <= month.last_on:
            message = f"Close {month.name} first, so that nothing can be booked in it any more."
            raise Conflict("reconciliation.month_open", message)
        if told_pence != self.general_ledger_pence:
            raise Invalid(
                "reconciliation.other_balance",
                f"The lines that were imported add up to {in_pounds(self.general_ledger_pence)}, not to "
                f"{in_pounds(told_pence)}. Import the lines that are missing, or correct the balance.",
                field="general_ledger_pence",
            )
        undone = {
            "not matched or explained": self.open_lines,
            "disputed": self.disputed_lines,
            "of the fund and not in the general ledger": self.unexplained_movements,
        }
        left = ", ".join(f"{count} {words}" for words, count in undone.items() if count)
        if left or self.difference_pence:
            message = f"{month.name} cannot be signed off yet: {left or in_pounds(self.difference_pence)}."
            raise Conflict("reconciliation.not_settled", f"{message} Settle these first.")


def refuse_own_approval(prepared_by: str, by: str) -> None:
    """Two people sign a month."""
    if prepared_by == by:
        message = "You prepared this reconciliation, so somebody else must approve it."
        raise Forbidden("reconciliation.same_person", message)
