"""The session's cookie, and the middleware that finds the signed-in person by it."""

from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from services.portal.identity.sessions import SessionStore, session_id

WITHOUT_A_PERSON = ("/static/", "/health/", "/metrics")


@dataclass(frozen=True, slots=True)
class SessionCookie:
    """One cookie: no script reads it, no other site's form sends it; bound to HTTPS when secure."""

    secure: bool

    @property
    def name(self) -> str:
        """Browsers accept the prefix only from this host, by HTTPS, for all paths."""
        return "__Host-session" if self.secure else "session"

    def put(self, response: Response, token: str) -> None:
        """Give the browser the token, until it is closed."""
        response.set_cookie(self.name, token, path="/", secure=self.secure, httponly=True, samesite="lax")

    def remove(self, response: Response) -> None:
        """Take the token away from the browser."""
        response.delete_cookie(self.name, path="/", secure=self.secure, httponly=True, samesite="lax")


class SignedInPerson:
    """Puts the person of the session's cookie on the request, for its rule, its page and its log."""

    def __init__(self, app: ASGIApp, store: SessionStore, cookie: SessionCookie) -> None:
        self._app = app
        self._store = store
        self._cookie = cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look the session up once, where the request may concern a person."""
        if scope["type"] == "http" and not scope["path"].startswith(WITHOUT_A_PERSON):
            await self._look_up(scope)
        await self._app(scope, receive, send)

    async def _look_up(self, scope: Scope) -> None:
        token = HTTPConnection(scope).cookies.get(self._cookie.name)
        person = await self._store.find(token) if token else None
        if token and person:
            state = scope.setdefault("state", {})
            state.update(
                person=person, caller=person.caller, session_id=session_id(token), session_token=token
            )
