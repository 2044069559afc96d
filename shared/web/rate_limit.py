"""Signing in and sending files cost much: each address, or each signed-in program, may only so often."""

from typing import Protocol

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.web.rates import Rates, whose
from shared.web.rules import signed_in
from shared.web.tokens import NotSignedIn

SIGN_IN = "/sign-in"
"""Everything below it that is sent: asking for a link, confirming one, choosing whom to be."""
ONLY_LOOKS = frozenset({"GET", "HEAD", "OPTIONS"})
TOO_MANY = 429
A_MINUTE = 60


class HasRates(Protocol):
    """A service, as far as its rates go."""

    rates: Rates


class RateLimit:
    """Refuses with 429 and Retry-After before a byte of the body is read."""

    def __init__(self, app: ASGIApp, service: HasRates) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; one too many finds its refusal where it would find its body."""
        seconds, what = self._to_wait(scope) if scope["type"] == "http" else (0, "")
        await self._app(scope, _refusing(seconds, what) if seconds else receive, send)

    def _to_wait(self, scope: Scope) -> tuple[int, str]:
        if scope["method"] in ONLY_LOOKS:
            return 0, ""
        rates, address = self._service.rates, whose(_address(scope))
        if scope["path"].startswith(SIGN_IN):
            return rates.seconds_to_wait(rates.sign_in, "sign-in", address), "times"
        if Headers(scope=scope).get("content-type", "").lower().startswith("multipart/"):
            return rates.seconds_to_wait(rates.uploads, "upload", _caller(scope) or address), "files"
        return 0, ""


def _refusing(seconds: int, what: str) -> Receive:
    async def refuse() -> Message:
        wait = f"{seconds} seconds" if seconds <= A_MINUTE else f"{-(-seconds // A_MINUTE)} minutes"
        tried = "You have sent too many files" if what == "files" else "You have tried too many times"
        sentence = f"{tried} in a short time. Wait {wait}, then try again."
        raise HTTPException(TOO_MANY, sentence, headers={"Retry-After": str(seconds)})

    return refuse


def _address(scope: Scope) -> str | None:
    """The client's address: behind a proxy, what a trusted one says of it."""
    client = scope.get("client")
    return client[0] if client else None


def _caller(scope: Scope) -> str | None:
    """The person of a valid token: the portal sends everybody's files from one address."""
    try:
        caller = signed_in(Request(scope))
    except NotSignedIn:
        return None
    return str(caller.person_id) if caller else None
