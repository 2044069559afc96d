"""The questions on officers' pages."""

from services.portal.layout.fields import Choice, Choices, Day, Money, Text, WholeNumber
from services.portal.layout.forms import Form
from services.portal.officer.register.forms import SITE
from services.portal.officer.triggers.asking import trigger_fields
from services.portal.officer.words import AGREEMENT_KINDS
from services.portal.words import MEASURE_KINDS, ORGANISATION_KINDS, PURPOSES

CRITERIA = 5

AGREEMENT = Form(
    Text(name="reference", label="Reference", ask="the agreement's reference"),
    Text(name="name", label="Name of the development", required=False),
    Text(name="planning_application", label="Planning application", ask="the planning application's number"),
    Choice(
        name="kind", label="Kind of agreement", ask="what kind of agreement this is", options=AGREEMENT_KINDS
    ),
    Day(name="deed_on", label="Date of the deed"),
    Text(name="organisation", label="Organisation", ask="the code of the organisation the money is owed to"),
    Text(name="document_url", label="Web address of the deed", required=False, longest=2000),
    *SITE,
)
OBLIGATION = Form(
    Text(name="reference", label="Reference", ask="the obligation's reference"),
    Choice(name="purpose", label="Purpose", ask="what the money may be spent on", options=PURPOSES),
    Money(name="amount_pence", label="Amount owed"),
    Text(name="trigger", label="Trigger", ask="what makes the amount due", longest=2000),
    *trigger_fields(),
    WholeNumber(
        name="spend_by_months",
        label="Months to spend the money in",
        smallest=1,
        largest=600,
        example="60",
        required=False,
    ),
    Text(name="wards", label="Wards", required=False, longest=2000),
)
TRIGGER = Form(Day(name="trigger_met_on", label="Date the trigger was met"))
RECEIPT = Form(
    Money(name="amount_pence", label="Amount received"), Day(name="received_on", label="Date received")
)
REVERSAL = Form(
    Text(name="reason", label="Reason", ask="why the receipt is reversed", longest=2000),
    Day(name="reversed_on", label="Date of the reversal"),
)
FUND = Form(
    Text(name="name", label="Name of the fund"),
    Text(name="organisation", label="Organisation", ask="the code of the organisation whose money it spends"),
    Day(name="opens_on", label="First day for applications", may_be_future=True),
    Choices(name="purposes", label="Purposes", ask="at least one purpose the money is for", options=PURPOSES),
    Text(name="wards", label="Wards", ask="at least one ward", longest=10_000),
    Choices(
        name="organisation_kinds",
        label="Who may apply",
        ask="at least one kind of organisation",
        options=ORGANISATION_KINDS,
    ),
    Choices(
        name="measure_kinds",
        label="What may be paid for",
        ask="at least one kind of works",
        options=MEASURE_KINDS,
    ),
    WholeNumber(
        name="grant_percent_limit",
        label="Largest share of the eligible cost",
        smallest=1,
        largest=100,
        example="50",
    ),
    Money(name="maximum_grant_pence", label="Largest grant", example="50000"),
    WholeNumber(name="minimum_quotes", label="Quotes needed", largest=10, example="3"),
    *(
        field
        for number in range(1, CRITERIA + 1)
        for field in (
            Text(name=f"criterion_{number}", label=f"Criterion {number}", required=False),
            WholeNumber(
                name=f"weight_{number}",
                label=f"Weight of criterion {number}",
                smallest=1,
                largest=100,
                example="40",
                required=False,
            ),
        )
    ),
)
FUND_AT_FIRST = {
    "grant_percent_limit": 50,
    "minimum_quotes": 3,
    "purposes": ["green-infrastructure"],
    "criterion_1": "Carbon saved for the money",
    "weight_1": 40,
    "criterion_2": "Benefit to the community",
    "weight_2": 30,
    "criterion_3": "Able to deliver",
    "weight_3": 30,
}
"""What a council usually begins with; every box can be changed."""
