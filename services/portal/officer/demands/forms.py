"""The questions about terms of payment and demands."""

from decimal import Decimal

from services.portal.layout.fields import Choice, Day, Number, Text, WholeNumber
from services.portal.layout.forms import Form

BASES = (
    ("none", "No", "The sum in the deed is owed"),
    ("index", "Yes, by an index", "Sum x index at the end / index at the start"),
    ("fixed_percent", "Yes, by a fixed percentage a year", "Counted in whole years and days"),
)
BASE_MONTHS = (
    ("month_before", "The month before that day"),
    ("month_of", "The month of that day"),
)
END_DAYS = (("due", "The day the sum falls due"), ("trigger", "The day the trigger was met"))
END_MONTHS = (*BASE_MONTHS, ("latest_published", "The latest published when the demand is made"))
YES_NO = (("yes", "Yes"), ("no", "No"))
ROUNDINGS = (
    ("penny", "To the nearest penny, a half up"),
    ("penny_down", "Down to a whole penny"),
    ("penny_up", "Up to a whole penny"),
    ("pound", "To the nearest pound, a half up"),
    ("pound_down", "Down to a whole pound"),
    ("pound_up", "Up to a whole pound"),
)
DUE = (("days", "So many days after the demand"), ("trigger", "On the day the trigger is met"))
COMPOUNDINGS = (
    ("simple", "Simple: interest bears no interest"),
    ("monthly", "Compounded each month"),
    ("quarterly", "Compounded every three months"),
    ("yearly", "Compounded each year"),
)
SHOWN = (
    ("all", "All"),
    ("unpaid", "Unpaid"),
    ("overdue", "Overdue"),
    ("withdrawn", "Withdrawn"),
)


def _pairs(options: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((option[0], option[1]) for option in options)


def _percent(name: str, label: str, smallest: str) -> Number:
    return Number(
        name=name,
        label=label,
        required=False,
        smallest=Decimal(smallest),
        largest=Decimal(100),
        places=4,
        example="4",
    )


TERMS = Form(
    Choice(name="basis", label="Growth", ask="whether the sum grows until it is paid", options=_pairs(BASES)),
    Text(name="series_id", label="Index", required=False),
    _percent("yearly_percent", "Percentage a year", "0.0001"),
    Choice(name="compounds", label="Year on year", ask="whether each year grows on the last", options=YES_NO),
    Day(name="base_on", label="Day that the deed counts from", required=False),
    Choice(name="base_month", label="Month at the start", ask="the month at the start", options=BASE_MONTHS),
    Choice(name="end_day", label="Day at the end", ask="the day at the end", options=END_DAYS),
    Choice(name="end_month", label="Month at the end", ask="the month at the end", options=END_MONTHS),
    Choice(name="floor", label="No decrease", ask="whether the sum may shrink", options=YES_NO),
    Choice(name="rounding", label="Rounding", ask="how the sum is rounded", options=ROUNDINGS),
    Choice(name="due", label="When it is due", ask="when the sum is due", options=DUE),
    WholeNumber(name="days_to_pay", label="Days to pay", required=False, largest=366, example="28"),
    Text(name="late_bank", label="Bank", required=False),
    _percent("late_margin_percent", "Percentage above the base rate", "0"),
    Choice(
        name="late_compounding",
        label="Simple or compound",
        ask="whether late interest is compounded",
        options=COMPOUNDINGS,
    ),
    Text(name="clause", label="Clause on payment", required=False),
)
DEMAND = Form(
    Day(name="issued_on", label="Date of the demand"),
    Text(name="reference", label="Reference", required=False),
    Text(name="addressee", label="Who is asked to pay", required=False),
    Text(name="addressee_address", label="Their address", required=False, longest=1000),
    Text(name="council_name", label="Name of the council", required=False),
    Text(name="council_address", label="Address of the council", required=False, longest=1000),
    Text(name="how_to_pay", label="How to pay", required=False, longest=1000),
)
WITHDRAWAL = Form(
    Text(name="reason", label="Reason", ask="why the demand is withdrawn", longest=2000),
    Day(name="withdrawn_on", label="Date of the withdrawal"),
)
