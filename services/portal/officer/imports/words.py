"""The codes of the open data, and states of an import, in plain words."""

from collections.abc import Mapping, Sequence

from services.portal.officer.words import Tag
from services.portal.words import PURPOSES

CODES: Mapping[str, Sequence[tuple[str, str]]] = {
    "contribution-purpose": PURPOSES,
    "contribution-funding-status": (
        ("secured", "Secured"),
        ("received", "Received"),
        ("allocated", "Allocated"),
        ("transferred", "Transferred"),
        ("spent", "Spent"),
        ("returned", "Returned"),
    ),
    "developer-agreement-type": (
        ("section-106", "Section 106 agreement"),
        ("unilateral-undertaking", "Unilateral undertaking"),
        ("deed-of-variation", "Deed of variation"),
        ("community-infrastructure-levy", "Community infrastructure levy"),
        ("section-278", "Section 278 agreement"),
    ),
}
FIELDS: Mapping[str, str] = {
    "contribution-purpose": "Purpose",
    "contribution-funding-status": "Funding status",
    "developer-agreement-type": "Kind of agreement",
    "organisation": "Organisation",
}
DIFFERENCES: Mapping[str, Tag] = {
    "added": Tag("Added", "green"),
    "changed": Tag("Changed", "purple"),
    "missing": Tag("Missing", "yellow"),
}
STATES: Mapping[str, Tag] = {
    "reading": Tag("Being read", "blue"),
    "previewed": Tag("To be looked at", "yellow"),
    "committing": Tag("Being taken", "blue"),
    "committed": Tag("Taken", "green"),
    "refused": Tag("Could not be read", "red"),
    "thrown_away": Tag("Thrown away", "grey"),
}
