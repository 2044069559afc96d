"""The names of people who can sign in: the books hold ids only."""

from services.portal.identity.pages_rule import Page


def names_of(page: Page) -> dict[str, str]:
    """Names by id, as the books write ids."""
    people = page.request.app.state.session_store.people
    return {str(person_id): person.name for person_id, person in people.items()}
