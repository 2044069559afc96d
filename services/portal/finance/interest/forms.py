"""The questions on the pages of interest."""

from services.portal.layout.fields import Choice, Day, Money
from services.portal.layout.forms import Form

BOXES = (
    "organisation",
    "amount_pence",
    *(f"period_{end}-{part}" for end in ("start", "end") for part in ("day", "month", "year")),
)


def interest_form(organisations: tuple[str, ...]) -> Form:
    """What held money earned in a period, of one of the organisations whose money the fund holds."""
    return Form(
        Choice(
            name="organisation",
            label="Organisation",
            ask="whose money earned it",
            options=[(code, code) for code in organisations],
        ),
        Day(name="period_start", label="First day of the period"),
        Day(name="period_end", label="Last day of the period"),
        Money(name="amount_pence", label="Interest earned"),
    )
