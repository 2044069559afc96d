"""The questions before a sample is drawn."""

from services.portal.layout.fields import Choice, Day, Text, WholeNumber
from services.portal.layout.forms import Form

METHODS = (
    ("simple_random", "Simple random", "Every entry is as likely to be drawn as any other"),
    ("monetary_unit", "Monetary unit", "Every pound is as likely, so large entries are drawn more often"),
)
SAMPLE = Form(
    Text(name="organisation", label="Organisation", ask="the code of the organisation", longest=100),
    Day(name="first_on", label="First day"),
    Day(name="last_on", label="Last day"),
    WholeNumber(name="count", label="Entries to draw", smallest=1, largest=200, example="25"),
    Choice(name="method", label="Method", options=[each[:2] for each in METHODS]),
    Text(name="seed", label="Seed", ask="a seed, such as a date and your initials", longest=100),
)
