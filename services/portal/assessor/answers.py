"""Answers on their way over a page to check them: the pages carry them, the portal stores none."""

from fastapi import Response

from services.portal.layout.forms import Filled


def typed(filled: Filled) -> list[tuple[str, str]]:
    """Every box with what was typed into it, for the hidden fields of a page that shows it."""
    return [
        (name, value)
        for name, values in filled.sent.boxes.items()
        if name not in {"csrf_token", "idempotency_key", "step"}
        for value in values
        if isinstance(value, str)
    ]


def kept_by_the_browser(response: Response) -> Response:
    """A page with long texts to write: "back" returns to them as typed, which `no-store` would forbid."""
    response.headers["cache-control"] = "private, no-cache"
    return response
