"""What developers' money may be for: the contribution-purpose codes of the national open data."""

from collections.abc import Iterable

from shared.errors import Invalid

PURPOSES = frozenset(
    {
        "affordable-housing",
        "bonds",
        "cil-administration-costs",
        "community-facilities",
        "community-infrastructure-levy",
        "digital-infrastructure",
        "economic-development",
        "education",
        "flood-and-water-management",
        "green-infrastructure",
        "health",
        "highways",
        "land",
        "mayoral-community-infrastructure-levy",
        "monitoring-fees",
        "neighbourhood-community-infrastructure-levy",
        "open-space-and-leisure",
        "other",
        "transport-and-travel",
    }
)
ENDED_PURPOSES = frozenset({"flood", "open-space", "transport"})


def purpose_refusal(purposes: Iterable[str], *, field: str) -> Invalid | None:
    """Why these purposes cannot be taken on a form, if they cannot: a code outside the list in force."""
    unknown = sorted(set(purposes) - PURPOSES)
    if not unknown:
        return None
    return Invalid(
        "purpose.unknown",
        f"{', '.join(unknown)} is not a purpose in the list. Choose one such as green-infrastructure.",
        field=field,
    )
