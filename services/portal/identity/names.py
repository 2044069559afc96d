"""People's names: services keep ids only."""

from uuid import UUID

from services.portal.identity.pages_rule import Page


def name_of(page: Page, person_id: UUID, otherwise: str) -> str:
    """The name of somebody who signs in here; people of elsewhere have none here."""
    person = page.request.app.state.session_store.people.get(person_id)
    return person.name if person else otherwise
