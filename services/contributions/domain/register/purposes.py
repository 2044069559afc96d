"""What developers' money may be for: the national codes, and one of our own for carbon."""

from collections.abc import Iterable

from shared.errors import Invalid

CARBON_OFFSET = "carbon-offset"
"""Our own code for carbon offset money: the national list has none. It is published as the council says."""
PURPOSES = frozenset(
    {
        CARBON_OFFSET,
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
