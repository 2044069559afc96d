"""What assessors and decision-makers do next, and how things stand, in words."""

from collections.abc import Mapping

from services.portal.assessor.models import AssessmentLine

RULES: Mapping[str, str] = {
    "organisation_kind": "Kind of organisation",
    "ward": "Place",
    "measures": "Works",
    "maximum_grant": "Largest grant",
    "grant_percent": "Share of the cost",
    "quotes": "Quotes",
    "energy": "Energy use",
    "cost_covered": "Cost covered",
}
TO_DO: Mapping[str, str] = {
    "declare_interest": "Say whether you have an interest",
    "score": "Read and score",
    "decide": "Decide",
    "wait_for_scores": "Wait for scores",
}
DONE: Mapping[str, tuple[str, str]] = {
    "awarded": ("Awarded", "green"),
    "declined": ("Declined", "grey"),
}


def state(line: AssessmentLine) -> tuple[str, str]:
    """Where an assessor stands with an application that needs nothing of them, and the tag's colour."""
    if line.status in DONE:
        return DONE[line.status]
    return ("Scored by you", "turquoise") if line.has_been_read else ("Others assess it", "grey")
