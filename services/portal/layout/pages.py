"""Puts the layout on an application: headers, files, and the pages that say what went wrong."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from services.portal.layout.security import SECURITY_HEADERS, SecurityHeaders
from services.portal.layout.templates import STATIC, Look, render
from shared.errors import Conflict, Forbidden, Invalid, NotFound, OffsetFundError


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What a page says when it cannot do what was asked."""

    heading: str
    paragraphs: tuple[str, ...]


SORRY = ErrorPage(
    "Sorry, there is a problem with the service",
    (
        "Try again in a few minutes.",
        "What you had saved is still there; what was on the last page may not be.",
    ),
)
PAGES = {
    400: ErrorPage("Sorry, we could not read that", ("Go back, check the page and try again.",)),
    401: ErrorPage(
        "Sign in to see this page", ("You are not signed in, or you were signed out after a while.",)
    ),
    403: ErrorPage(
        "You may not do this", ("Your role does not allow it. If it should, ask the fund's administrator.",)
    ),
    404: ErrorPage(
        "Page not found",
        (
            "If you typed the web address, check that it is correct.",
            "If you pasted it, check that you copied all of it.",
        ),
    ),
    405: ErrorPage("That did not work", ("Go back to the page you were on and use its button.",)),
    408: ErrorPage("That took too long", ("Try again on a better connection.",)),
    409: ErrorPage(
        "This has changed since you opened it",
        (
            "Somebody else, or another of your tabs, was faster. Nothing was done twice.",
            "Go back, reload and look again.",
        ),
    ),
    413: ErrorPage("That file is too large", ("Choose a smaller file and try again.",)),
    422: ErrorPage("Some of what you sent cannot be used", ("Go back, correct it and try again.",)),
    429: ErrorPage("You have tried too many times", ("Wait a few minutes, then try again.",)),
    500: SORRY,
    503: SORRY,
}
SAY_WHAT_TO_DO = frozenset({408, 413, 429})
"""Our own limits: their refusals are sentences for people."""
STATUS: tuple[tuple[type[OffsetFundError], int], ...] = (
    (Invalid, 422),
    (NotFound, 404),
    (Conflict, 409),
    (Forbidden, 403),
)


def install_layout(app: FastAPI, *, look: Look, csrf_secret: bytes) -> None:
    """Give the application the council's look, the security headers, its static files and its error pages."""
    app.state.look = look
    app.state.csrf_secret = csrf_secret
    app.add_middleware(SecurityHeaders)
    app.mount("/static", LongKept(directory=STATIC), name="static")
    app.add_exception_handler(OffsetFundError, _refused)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(Exception, _broken)


def error_page(
    request: Request, status_code: int, *, said: str = "", problems: Sequence[str] = ()
) -> HTMLResponse:
    """The page for a status; `said` is a refusal's own sentence, which is better than a general one."""
    page = PAGES.get(status_code, SORRY)
    paragraphs = (said,) if said else page.paragraphs
    return render(
        request,
        "error.html",
        status_code=status_code,
        heading=page.heading,
        paragraphs=paragraphs,
        problems=[problem for problem in problems if problem != said],
    )


class LongKept(StaticFiles):
    """Static files; those asked for by their build's number never change, so browsers keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with how long to keep it."""
        response = await super().get_response(path, scope)
        kept = (
            "public, max-age=31536000, immutable" if b"v=" in scope["query_string"] else "public, max-age=300"
        )
        response.headers["cache-control"] = kept
        return response


async def _refused(request: Request, refusal: Exception) -> HTMLResponse:
    if not isinstance(refusal, OffsetFundError):
        raise refusal
    status = next((status for kind, status in STATUS if isinstance(refusal, kind)), 500)
    return error_page(
        request, status, said=refusal.message, problems=[problem.message for problem in refusal.problems]
    )


async def _http_error(request: Request, answer: Exception) -> HTMLResponse:
    if not isinstance(answer, HTTPException):
        raise answer
    said = str(answer.detail) if answer.status_code in SAY_WHAT_TO_DO else ""
    page = error_page(request, answer.status_code, said=said)
    page.headers.update(answer.headers or {})
    return page


async def _unreadable(request: Request, _error: Exception) -> HTMLResponse:
    return error_page(request, 422)


async def _broken(request: Request, _error: Exception) -> HTMLResponse:
    # Starlette answers a crash outside every middleware: the headers must be added here.
    page = error_page(request, 500)
    page.headers.update(SECURITY_HEADERS)
    page.headers["cache-control"] = "no-store"
    return page
