"""Refusals as RFC 9457 problem details: the only place that knows HTTP's status numbers."""

import json
from collections.abc import Mapping
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException

from shared.database import is_transient, is_unusable_value
from shared.errors import Conflict, Forbidden, Invalid, NotFound, OffsetFundError
from shared.observability import REFUSED_ATTEMPTS
from shared.web.rates import Rates
from shared.web.tokens import NotSignedIn

log = structlog.get_logger()

STATUS: dict[type[OffsetFundError], int] = {
    Invalid: 422,
    NotSignedIn: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
}
RECORD = text(
    "INSERT INTO refused_attempt (actor, method, path, code) VALUES (:actor, :method, :path, :code)"
)
LONGEST_PATH = 300
UNUSABLE = (
    "A number, date or text that was sent cannot be stored. Type it again: it may hold hidden characters."
)


def problem(
    status: int,
    code: str,
    message: str,
    problems: list[dict[str, str]],
    headers: Mapping[str, str] | None = None,
) -> Response:
    """One answer in the form of RFC 9457, with the fields or rows that are wrong."""
    body: dict[str, Any] = {"type": "about:blank", "status": status, "code": code, "detail": message}
    if problems:
        body["problems"] = problems
    if status == 401:  # noqa: PLR2004 - HTTP's own number
        headers = {"WWW-Authenticate": "Bearer"}
    ascii_only = json.dumps(body)  # a message may quote half a surrogate pair, which UTF-8 cannot say
    return Response(ascii_only, status, headers=headers, media_type="application/problem+json")


def add_problem_handlers(app: FastAPI) -> None:
    """Answer every refusal and failure as a problem; record the attempts that were forbidden."""
    app.add_exception_handler(OffsetFundError, _refused)
    app.add_exception_handler(RequestValidationError, _misshapen)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DBAPIError, _refused_by_database)
    app.add_exception_handler(Exception, _failed)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, OffsetFundError)
    status = next(number for kind, number in STATUS.items() if isinstance(error, kind))
    if isinstance(error, Forbidden):
        await record_attempt(request, error.code)
    problems = [{"field": item.field, "message": item.message} for item in error.problems]
    return problem(status, error.code, error.message, problems)


async def record_attempt(request: Request, code: str) -> None:
    """Keep the attempt in a transaction of its own: what was tried was rolled back.

    Of one person, and of all who are not signed in, so many a minute are kept: nobody can fill the table.
    """
    caller = getattr(request.state, "caller", None)
    actor = str(caller.person_id) if caller else "unknown"
    REFUSED_ATTEMPTS.labels(request.app.state.service.name, code).inc()
    rates: Rates = request.app.state.service.rates
    if rates.seconds_to_wait(rates.refusals, "refusal", actor):
        log.warning("refusal_not_kept", actor=actor, code=code)
        return
    async with request.app.state.service.sessions.begin() as session:
        row = {"actor": actor, "code": code}
        await session.execute(RECORD, {**row, "method": request.method, "path": _storable(request.url.path)})


def _storable(path: str) -> str:
    """The path as a row can hold it: who was refused may have put anything into it."""
    return path.replace("\0", "\\x00")[:LONGEST_PATH]


async def _misshapen(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    problems = [
        {"field": ".".join(map(str, item["loc"][1:])) or str(item["loc"][0]), "message": item["msg"]}
        for item in error.errors()
    ]
    return problem(422, "request.misshapen", "Some of what was sent cannot be used.", problems)


async def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(
        error.status_code, f"http.{error.status_code}", str(error.detail), [], headers=error.headers
    )


async def _refused_by_database(_request: Request, error: Exception) -> Response:
    """What no column can hold was sent, such as NUL or too large a number; all else is our own failure."""
    if not is_unusable_value(error):
        raise error
    return problem(422, "request.unusable_value", UNUSABLE, [])


async def _failed(_request: Request, error: Exception) -> Response:
    if is_transient(error):
        return problem(503, "try_again", "The service is busy or restarting. Try again in a minute.", [])
    log.error("request_failed", error=repr(error), exc_info=error)
    return problem(500, "failed", "Sorry, something went wrong here. It has been recorded.", [])
