"""The fund's codes in words that assessors and decision-makers read, and people's names."""

from collections.abc import Mapping
from uuid import UUID

from services.portal.assessor.models import AssessmentLine
from services.portal.identity.pages_rule import Page

CAPITALS = {"led": "LED", "pv": "PV", "lpg": "LPG", "vat": "VAT"}
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


def plain(code: str) -> str:
    """A code such as led_lighting in words: LED lighting."""
    words = [CAPITALS.get(word, word) for word in code.replace("-", "_").split("_")]
    said = " ".join(words)
    return f"{said[:1].upper()}{said[1:]}"


def state(line: AssessmentLine) -> tuple[str, str]:
    """Where an assessor stands with an application that needs nothing of them, and the tag's colour."""
    if line.status in DONE:
        return DONE[line.status]
    return ("Scored by you", "turquoise") if line.has_been_read else ("Others assess it", "grey")


def name_of(page: Page, person_id: UUID, otherwise: str) -> str:
    """The name of somebody who signs in here; people of elsewhere have none here."""
    person = page.request.app.state.session_store.people.get(person_id)
    return person.name if person else otherwise
