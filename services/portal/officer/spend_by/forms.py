"""The questions on the pages of spend-by dates."""

from services.portal.layout.fields import Choice, Choices, Day, Text
from services.portal.layout.forms import Form
from services.portal.words import ORGANISATION_KINDS

COUNTS = (
    (
        "spent",
        "Only money that was paid out",
        "What accepted grants hold but was not paid by the date goes back",
    ),
    ("committed", "Money bound to an accepted grant too", "Only what no accepted grant holds goes back"),
)
WITH_INTEREST = (("yes", "Yes, with the interest it earned"), ("no", "No, the council keeps the interest"))
EXTENSION = Form(
    Day(name="spend_by_on", label="New spend-by date", may_be_future=True),
    Day(name="deed_on", label="Date of the deed of variation"),
    Text(name="document_url", label="Web address of the deed of variation", required=False, longest=2000),
)
TERMS = Form(
    Choice(
        name="spend_by_counts",
        label="What counts at the spend-by date",
        ask="what counts at the spend-by date",
        options=[option[:2] for option in COUNTS],
    ),
    Choice(
        name="refund_with_interest",
        label="Interest on a refund",
        ask="whether interest goes back",
        options=WITH_INTEREST,
    ),
    Choices(
        name="recipients",
        label="Who may be granted the money",
        ask="kinds of organisation from the list",
        options=ORGANISATION_KINDS,
        required=False,
    ),
)
