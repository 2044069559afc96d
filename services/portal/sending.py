"""Sending a page's form on to the service that decides, and bringing back what it refused."""

from collections.abc import Awaitable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from starlette.responses import RedirectResponse

from services.portal.clients import ServiceProblem
from services.portal.layout.forms import Filled
from shared.errors import Problem

Json: TypeAlias = str | int | list[str] | None

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


def body(filled: Filled, *names: str, **more: object) -> dict[str, Json]:
    """The named answers, and more, as JSON takes them: dates and decimals in words."""
    chosen = {name: filled.values[name] for name in names} if names else dict(filled.values)
    return {name: as_json(value) for name, value in {**chosen, **more}.items()}


def as_json(value: object) -> Json:
    """A date, a decimal, an id or a list of words as JSON takes it."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, tuple | list):
        return [str(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def lines(text: object) -> list[str]:
    """What was typed one to a line, or with commas between, without empty ones and repeats."""
    parts = str(text or "").replace(",", "\n").splitlines()
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def as_new(filled: Filled) -> Filled:
    """The same answers in a form that nothing is said against yet."""
    return replace(filled, errors=())


def see_other(path: str) -> RedirectResponse:
    """On to a page that may be reloaded and gone back to without sending anything again."""
    return RedirectResponse(path, 303)
