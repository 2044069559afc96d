"""The questions about where the record lives."""

from services.portal.layout.fields import Choice, Day, Money, Text
from services.portal.layout.forms import Form
from services.portal.words import PURPOSES

MODES = (
    ("master", "Here", "Officers record agreements, demands and receipts in this service"),
    (
        "follower",
        "In another system",
        "They are taken from its exports again and again, and cannot be changed here",
    ),
)
KEEPING = Form(
    Text(name="organisation", label="Organisation", ask="the code of the organisation"),
    Choice(
        name="mode",
        label="Where the record lives",
        ask="where the record lives",
        options=[(value, words) for value, words, _ in MODES],
    ),
    Text(name="system_of_record", label="Name of the other system", required=False),
    Day(name="records_begin_on", label="Records here begin on", required=False),
    Text(name="kept_before_in", label="What held the record before", required=False),
)
STANDINGS = (
    ("reconciled", "Reconciled", "It agrees with the general ledger"),
    ("unreconciled", "Unreconciled", "It is known, but not yet agreed with the general ledger"),
)
_COMMON = (
    Money(name="amount_pence", label="Balance"),
    Day(name="as_at_on", label="Day of the balance"),
    Text(name="source", label="Source", ask="where the balance comes from"),
    Day(name="spend_by_on", label="Spend by", required=False, may_be_future=True),
)
BALANCE = Form(
    Choice(
        name="standing",
        label="Standing",
        ask="how sure the balance is",
        options=[(value, words) for value, words, _ in STANDINGS],
    ),
    *_COMMON,
)
POOL = Form(
    Text(name="organisation", label="Organisation", ask="the code of the organisation"),
    Text(name="pool", label="Name of the pool", ask="a name for the pool"),
    Choice(name="purpose", label="Purpose", ask="what the money may be spent on", options=PURPOSES),
    Text(name="wards", label="Wards", required=False, longest=2000),
    *_COMMON,
)
