"""The questions about what is published."""

from services.portal.layout.fields import Choice, Text
from services.portal.layout.forms import Form
from services.portal.words import NATIONAL_PURPOSES

YES_OR_NO = (("yes", "Yes"), ("no", "No"))

PUBLISHING = Form(
    Text(name="published_as", label="Published code", ask="the code the files are published under"),
    Choice(
        name="carbon_purpose",
        label="Purpose of carbon offset money",
        ask="what carbon offset money is published as",
        options=NATIONAL_PURPOSES,
    ),
    Choice(
        name="lists_returned",
        label="Returned money",
        ask="yes if returned money is published",
        options=YES_OR_NO,
    ),
)
PUBLISH = Form()
STATEMENT = Form(Text(name="reason", label="What this edition corrects", required=False, longest=500))
