"""What the portal answers when it cannot do what was asked: a page to people, problem details to programs."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import structlog
from fastapi import FastAPI, Request
from starlette.responses import Response

from services.portal.clients import ServiceProblem
from services.portal.identity.pages_rule import SignInFirstError, sign_in_first
from services.portal.layout.pages import error_page
from services.portal.layout.security import SECURITY_HEADERS
from shared.database import is_transient, is_unusable_value
from shared.errors import Forbidden
from shared.web.problems import record_attempt
from shared.web.tokens import NotSignedIn

Answer: TypeAlias = Callable[[Request, Exception], Awaitable[Response]]

log = structlog.get_logger()

FOR_PROGRAMS = ("/api/", "/messaging/", "/health/", "/metrics", "/openapi.json")
UNAUTHORISED, UNUSABLE, BROKEN, BUSY = 401, 422, 500, 503


def answer_in_kind(app: FastAPI, install_pages: Callable[[], None]) -> None:
    """Let `install_pages` add the pages for errors, and keep problem details where programs ask."""
    to_programs: dict[Any, Any] = dict(app.exception_handlers)
    install_pages()
    for kind, to_people in list(app.exception_handlers.items()):
        app.add_exception_handler(kind, _chooser(to_programs.get(kind, to_people), to_people))
    app.add_exception_handler(ServiceProblem, _service_refused)
    app.add_exception_handler(SignInFirstError, sign_in_first)


def _chooser(to_programs: Any, to_people: Any) -> Answer:
    async def answer(request: Request, error: Exception) -> Response:
        chosen: Answer = to_programs if request.url.path.startswith(FOR_PROGRAMS) else _to_people(to_people)
        return await chosen(request, error)

    return answer


def _to_people(general: Answer) -> Answer:
    async def answer(request: Request, error: Exception) -> Response:
        if isinstance(error, Forbidden):
            await record_attempt(request, error.code)
        if isinstance(error, NotSignedIn):
            return error_page(request, UNAUTHORISED)
        if is_transient(error):
            return _with_headers(error_page(request, BUSY))
        if is_unusable_value(error):
            return error_page(request, UNUSABLE)
        return await general(request, error)

    return answer


def _with_headers(page: Response) -> Response:
    """Starlette answers a failure outside every middleware, so the headers are added here."""
    page.headers.update(SECURITY_HEADERS)
    page.headers["cache-control"] = "no-store"
    return page


async def _service_refused(request: Request, error: Exception) -> Response:
    """A refusal that its page did not show beside a form: the service's own sentence as a page."""
    assert isinstance(error, ServiceProblem)
    if error.status == UNAUTHORISED:
        log.error("token_refused", code=error.code)
        return error_page(request, BROKEN)
    return error_page(
        request,
        error.status,
        said=error.message,
        problems=[problem.message for problem in error.problems],
    )
