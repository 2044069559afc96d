"""Codes as words and people's names, for the pages of several audiences."""

from uuid import UUID

from services.portal.identity.pages_rule import Page

CAPITALS = {"led": "LED", "pv": "PV", "lpg": "LPG", "vat": "VAT"}


def plain(code: str) -> str:
    """A code such as led_lighting in words: LED lighting."""
    said = " ".join(CAPITALS.get(word, word) for word in code.replace("-", "_").split("_"))
    return f"{said[:1].upper()}{said[1:]}"


def name_of(page: Page, person_id: UUID, otherwise: str) -> str:
    """The name of somebody who signs in here; people of elsewhere have none here."""
    person = page.request.app.state.session_store.people.get(person_id)
    return person.name if person else otherwise
