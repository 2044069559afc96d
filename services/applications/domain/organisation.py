"""Organisations that apply, and whom to ask there; people's details never leave their own table."""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.applications.domain.checks import length_refusal, required_refusal
from shared.checks import refuse_all
from shared.errors import Invalid

CHARITY_NUMBER = re.compile(r"[0-9]{6,8}(-[0-9]{1,3})?")
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
TELEPHONE = re.compile(r"\+?[0-9 ()-]{6,30}")


class OrganisationKind(StrEnum):
    """What an organisation is; a fund says which of these may apply."""

    CHARITY = "charity"
    COMMUNITY_GROUP = "community_group"
    VILLAGE_HALL = "village_hall"
    SCHOOL = "school"
    PARISH_COUNCIL = "parish_council"
    PUBLIC_BODY = "public_body"
    FAITH_GROUP = "faith_group"
    SPORTS_CLUB = "sports_club"
    SOCIAL_ENTERPRISE = "social_enterprise"
    HOUSING_ASSOCIATION = "housing_association"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Who applies: its public name and kind, and the opaque ids of the people who act for it."""

    id: UUID
    name: str
    kind: str
    charity_number: str | None = None
    people: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The person to ask: personal data, erasable, in no event."""

    name: str
    email: str
    telephone: str | None = None


def check_organisation(organisation: Organisation, contact: Contact) -> None:
    """Refuse an organisation or contact that cannot stand, by field."""
    refuse_all(
        "organisation.invalid",
        [
            required_refusal(organisation.name, field="name", name="The organisation's name"),
            _kind_refusal(organisation.kind),
            _charity_refusal(organisation.charity_number),
            required_refusal(contact.name, field="contact.name", name="The name of the person to ask"),
            length_refusal(contact.email, field="contact.email", name="The email address"),
            _email_refusal(contact.email),
            _telephone_refusal(contact.telephone),
        ],
    )


def _kind_refusal(kind: str) -> Invalid | None:
    if kind in set(OrganisationKind):
        return None
    message = f"{kind} is not a kind of organisation. Choose one of: {', '.join(OrganisationKind)}."
    return Invalid("organisation.kind", message, field="kind")


def _charity_refusal(number: str | None) -> Invalid | None:
    if number is None or CHARITY_NUMBER.fullmatch(number):
        return None
    message = "A charity number has 6 to 8 digits, such as 1098765. Check it, or leave it empty."
    return Invalid("organisation.charity_number", message, field="charity_number")


def _email_refusal(email: str) -> Invalid | None:
    if EMAIL.fullmatch(email):
        return None
    message = "Enter an email address in the form name@example.org."
    return Invalid("contact.email", message, field="contact.email")


def _telephone_refusal(telephone: str | None) -> Invalid | None:
    if telephone is None or TELEPHONE.fullmatch(telephone):
        return None
    message = "Enter a telephone number in figures, such as 01632 960 001, or leave it empty."
    return Invalid("contact.telephone", message, field="contact.telephone")
