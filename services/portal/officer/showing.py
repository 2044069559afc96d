"""Rendering a page about money: with the fund's words, and the way to the public trace."""

from collections.abc import Mapping
from uuid import UUID

from starlette.responses import Response

from services.portal.identity.pages_rule import Page
from services.portal.layout.templates import render
from services.portal.officer import words

WORDS: Mapping[str, object] = {
    "kinds": words.KIND_OF_AGREEMENT,
    "movements": words.MOVEMENTS,
    "accounts": words.ACCOUNTS,
    "exceptions_in_words": words.EXCEPTIONS,
    "states_in_words": words.AGREEMENT_STATES,
    "files": words.FILES,
    "outcomes": words.OUTCOMES,
    "payment_states": words.PAYMENT_STATES,
    "refund_states": words.REFUND_STATES,
    "in_words": words.in_words,
    "nearness": words.nearness,
}


def trace(pot_id: UUID) -> str:
    """Where everybody can follow a pot's money."""
    return f"/trace/pots/{pot_id}"


def trace_of_grant(application_id: UUID) -> str:
    """Where everybody can follow a grant's money."""
    return f"/trace/projects/{application_id}"


def show(page: Page, name: str, status_code: int = 200, **context: object) -> Response:
    """The page `name`; what the page itself gives stands above the common words."""
    common = {**WORDS, "trace": trace, "trace_of_grant": trace_of_grant, "viewer": page.person}
    return render(page.request, name, status_code=status_code, **{**common, **context})
