"""The questions about indices and base rates."""

from decimal import Decimal

from services.portal.layout.fields import Choice, Day, File, Number, Text
from services.portal.layout.forms import Form

FREQUENCIES = (("monthly", "Each month"), ("quarterly", "Each quarter"), ("yearly", "Each year"))
LARGEST_FILE = 2_000_000

SERIES = Form(
    Text(name="name", label="Name of the index", ask="the name of the index"),
    Text(name="publisher", label="Publisher", ask="who publishes the index"),
    Choice(
        name="frequency",
        label="How often it has a value",
        ask="how often the index has a value",
        options=FREQUENCIES,
    ),
    Text(name="source_url", label="Web address of the index", required=False, longest=2000),
)
_PUBLICATION = (
    Day(name="published_on", label="Date it was published"),
    Text(name="source", label="Where the values were read", ask="where the values were read", longest=500),
)
PUBLICATION = Form(
    *_PUBLICATION,
    File(name="file", label="File of values", ask="the file of values", largest_bytes=LARGEST_FILE),
)
KEEP = Form(*_PUBLICATION, Text(name="values", label="Values", longest=200_000))
BASE_RATE = Form(
    Text(name="bank", label="Bank", ask="the bank, as the deeds name it"),
    Day(name="effective_on", label="Date from which it holds", may_be_future=True),
    Number(
        name="percent",
        label="Base rate",
        ask="the base rate in percent a year",
        smallest=Decimal(-10),
        largest=Decimal(100),
        places=4,
        example="4.75",
    ),
    Text(name="source", label="Where the rate was read", ask="where the rate was read", longest=500),
)
