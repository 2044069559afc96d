"""The questions on pages about agreements: what changes them, and what to look for."""

from collections.abc import Mapping, Sequence

from services.portal.layout.fields import Choice, Day, Field, File, Money, Text, WholeNumber
from services.portal.layout.forms import Form
from services.portal.officer.books import Agreement, Obligation
from services.portal.officer.words import AGREEMENT_KINDS
from services.portal.words import PURPOSES

DEVELOPER_KINDS = (
    ("organisation", "An organisation", "Its name is published with the agreement"),
    ("person", "A person", "The name stays inside the council"),
)
STATES = (
    ("recorded", "Recorded, nothing due yet"),
    ("secured", "Secured, nothing received yet"),
    ("part_received", "Part received"),
    ("received_in_full", "Received in full"),
    ("varied", "Varied by a later deed"),
)
SITE = (
    Text(name="site_address", label="Address of the site", required=False, longest=500),
    Text(name="ward", label="Ward of the site", required=False, longest=30),
    Text(name="developer", label="Developer", required=False),
    Choice(
        name="developer_kind",
        label="What the developer is",
        ask="whether the developer is an organisation or a person",
        options=[option[:2] for option in DEVELOPER_KINDS],
        required=False,
    ),
)
"""What is known of an agreement's site and developer, wherever it is asked."""
SEEN = WholeNumber(name="seen_sequence", label="State of the agreement", required=False)
"""Which state of the agreement the person looked at: hidden in the form."""
REASON = Text(name="reason", label="Reason", ask="why this is corrected", longest=2000)
CORRECTION = Form(
    Text(name="reference", label="Reference", ask="the agreement's reference"),
    Text(name="name", label="Name of the development"),
    Text(name="planning_application", label="Planning application", ask="the planning application's number"),
    Choice(
        name="kind",
        label="Kind of agreement",
        ask="what kind of agreement this is",
        options=AGREEMENT_KINDS,
        required=False,
    ),
    Day(name="deed_on", label="Date of the deed", required=False),
    Text(name="document_url", label="Web address of the deed", required=False, longest=2000),
    *SITE,
    REASON,
    SEEN,
)
PAYEE = Form(
    Text(name="name", label="Name", ask="who is to be refunded"),
    Text(name="reference", label="Reference", required=False),
)
FILTER = Form(
    Text(name="search", label="Search", required=False),
    Text(name="ward", label="Ward", required=False),
    Choice(name="purpose", label="Purpose", options=PURPOSES, required=False),
    Choice(name="state", label="State", options=STATES, required=False),
    Choice(name="kind", label="Kind of agreement", options=AGREEMENT_KINDS, required=False),
    Day(name="spend_by_before", label="Spend-by date", required=False, may_be_future=True),
    Day(name="deed_from", label="Earliest date of the deed", required=False),
    Day(name="deed_to", label="Latest date of the deed", required=False),
)
WARD_EDITION = Form(
    Text(name="organisation", label="Organisation", ask="the code of the organisation"),
    Text(name="name", label="Name of the edition"),
    Day(name="valid_from", label="Valid from", ask="the day from which they are valid", may_be_future=True),
    Text(name="source", label="Source", ask="where the wards were published", longest=2000),
    File(name="file", label="CSV file of wards", required=False, largest_bytes=1_000_000),
    Text(name="wards", label="Wards", required=False, longest=50_000),
)
AGREEMENT_FIELDS = (
    "reference",
    "name",
    "planning_application",
    "kind",
    "deed_on",
    "document_url",
    "site_address",
    "ward",
)
VARIABLE_FIELDS = ("name", "planning_application", "site_address", "ward")
OBLIGATION_FIELDS = ("reference", "purpose", "amount_pence", "trigger", "spend_by_months", "wards")
VARIABLE_TERMS = OBLIGATION_FIELDS[1:]


def correction_of_obligation() -> Form:
    """What may be wrong with a recorded obligation, and why it is corrected."""
    reference = Text(name="reference", label="Reference", ask="the obligation's reference")
    return Form(reference, *_terms(), REASON, SEEN)


def variation_of(obligations: Sequence[Obligation]) -> Form:
    """A deed of variation, what it changes of the agreement, and the terms of each of its obligations."""
    return Form(
        Day(name="deed_on", label="Date of the deed of variation"),
        Text(name="document_url", label="Web address of the deed", required=False, longest=2000),
        Text(name="summary", label="What the deed changes", ask="what the deed changes", longest=2000),
        Text(name="name", label="Name of the development"),
        Text(name="planning_application", label="Planning application"),
        *SITE,
        SEEN,
        *(
            field
            for number, each in enumerate(obligations)
            for field in _terms(f"{number}-", f" of {each.reference}")
        ),
    )


def present(agreement: Agreement) -> dict[str, object]:
    """An agreement's fields as a form shows them."""
    kind = "organisation" if agreement.developer_is_organisation else "person"
    return {
        "reference": agreement.reference,
        "name": agreement.name,
        "planning_application": agreement.planning_application,
        "kind": agreement.kind,
        "deed_on": agreement.deed_on,
        "document_url": agreement.document_url,
        "site_address": agreement.site_address,
        "ward": agreement.ward,
        "developer": agreement.developer,
        "developer_kind": kind if agreement.developer else None,
    }


def terms(obligation: Obligation, prefix: str = "") -> dict[str, object]:
    """An obligation's terms as a form shows them."""
    shown: Mapping[str, object] = {
        "reference": obligation.reference,
        "purpose": obligation.purpose,
        "amount_pence": obligation.amount_pence,
        "trigger": obligation.trigger,
        "spend_by_months": obligation.spend_by_months,
        "wards": "\n".join(obligation.wards) or None,
    }
    return {f"{prefix}{name}": value for name, value in shown.items()}


def _terms(prefix: str = "", of_it: str = "") -> tuple[Field, ...]:
    return (
        Choice(
            name=f"{prefix}purpose",
            label=f"Purpose{of_it}",
            ask=f"what the money{of_it} may be spent on",
            options=PURPOSES,
            required=False,
        ),
        Money(name=f"{prefix}amount_pence", label=f"Amount{of_it}", required=False),
        Text(
            name=f"{prefix}trigger",
            label=f"Trigger{of_it}",
            ask=f"what makes the amount{of_it} due",
            longest=2000,
        ),
        WholeNumber(
            name=f"{prefix}spend_by_months",
            label=f"Months to spend the money{of_it} in",
            smallest=1,
            largest=600,
            example="60",
            required=False,
        ),
        Text(name=f"{prefix}wards", label=f"Wards{of_it}", required=False, longest=2000),
    )
