"""Sending a page's form on to the service that decides, and bringing back what it refused."""

from collections.abc import Awaitable, Mapping
from dataclasses import replace

from starlette.responses import RedirectResponse

from services.portal.clients import ServiceProblem
from services.portal.layout.forms import Filled
from shared.errors import Problem

CONFLICT, WRONG, AWAY = 409, 422, 503
BESIDE_THE_FORM = {CONFLICT, WRONG, AWAY}
"""What is shown with what was typed; every other refusal is a page of its own."""
SENT_BEFORE = (
    "You have sent this page before with other answers, and those are recorded. "
    "Look at what is recorded, and open the page again to record something more."
)


async def attempt(filled: Filled, call: Awaitable[object], names: Mapping[str, str] | None = None) -> Filled:
    """The form as it is where the service did it; else with what the service refused, box by box."""
    try:
        await call
    except ServiceProblem as refusal:
        if refusal.status not in BESIDE_THE_FORM:
            raise
        return filled.with_problems(told(refusal), names)
    return filled


def told(refusal: ServiceProblem) -> tuple[Problem, ...]:
    """What a service refused, as problems of a form."""
    if refusal.code == "idempotency_key.reused":
        return (Problem("", SENT_BEFORE),)
    return refusal.for_form


def as_new(filled: Filled) -> Filled:
    """The same answers in a form that nothing is said against yet."""
    return replace(filled, errors=())


def see_other(path: str) -> RedirectResponse:
    """On to a page that may be reloaded and gone back to without sending anything again."""
    return RedirectResponse(path, 303)
