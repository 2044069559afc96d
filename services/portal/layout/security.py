"""What every answer says to the browser, and how a form proves that it came from our own page."""

import hashlib
import hmac
import secrets
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.errors import Forbidden

CSRF_FIELD = "csrf_token"
MAXIMUM_FILES = 5
MAXIMUM_FIELDS = 500
EXPIRED = "This page was open too long, or you have signed in again since. Go back, reload it and try again."
FOREIGN = "This form was not sent from our own page. Open the page here and try again."


OWN_SCRIPT = "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='"
"""The one script inside a page: GOV.UK Frontend's line that tells the styles whether scripts run."""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' {OWN_SCRIPT}",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
"""Everything is refused but our own scripts, what they ask of us, styles, images and forms."""

SECURITY_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""What every answer says to the browser."""


class SecurityHeaders:
    """Gives each answer its headers, and keeps signed-in pages out of every cache."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers when its answer starts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), scope)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _add_headers(headers: MutableHeaders, scope: Scope) -> None:
    for name, value in SECURITY_HEADERS.items():
        headers.setdefault(name, value)
    if scope.get("scheme") == "https":
        headers["strict-transport-security"] = "max-age=31536000"
    if scope.get("state", {}).get("session_id"):
        headers.setdefault("cache-control", "no-store")


def csrf_token(secret: bytes, session_id: str) -> str:
    """A token for a form of this session; salted, so that compression does not give it away."""
    salt = secrets.token_hex(8)
    return f"{salt}.{_signature(secret, session_id, salt)}"


def csrf_token_is_valid(secret: bytes, session_id: str, token: str) -> bool:
    """Whether the token was made with this secret for this session."""
    salt, _, signature = token.partition(".")
    return hmac.compare_digest(_signature(secret, session_id, salt).encode(), signature.encode())


async def check_csrf(request: Request) -> AsyncIterator[None]:
    """FastAPI dependency of every route that changes something: the form is of our own page and session.

    Afterwards it closes the files that came with the form.
    """
    own = _own_page(request)
    session_id = getattr(request.state, "session_id", None)
    if own is False or (own is None and not session_id):
        raise Forbidden("form.foreign", FOREIGN)
    try:
        if session_id and not await _has_token(request, session_id):
            raise Forbidden("form.expired", EXPIRED)
        yield
    finally:
        await request.close()


async def _has_token(request: Request, session_id: str) -> bool:
    form = await request.form(max_files=MAXIMUM_FILES, max_fields=MAXIMUM_FIELDS)
    token = form.get(CSRF_FIELD)
    return isinstance(token, str) and csrf_token_is_valid(csrf_secret(request), session_id, token)


def csrf_secret(request: Request) -> bytes:
    """The secret that `install_layout` was given."""
    secret = request.app.state.csrf_secret
    if not isinstance(secret, bytes):
        message = "The CSRF secret must be bytes: call install_layout."
        raise TypeError(message)
    return secret


def _signature(secret: bytes, session_id: str, salt: str) -> str:
    return hmac.new(secret, f"csrf\n{session_id}\n{salt}".encode(), hashlib.sha256).hexdigest()


def _own_page(request: Request) -> bool | None:
    """What the browser says of where the form came from; None when it says nothing."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == request.headers.get("host")
    return None
