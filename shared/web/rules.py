"""The authorisation rule that every route states; a test walks all routes and finds none without one."""

from dataclasses import dataclass
from typing import Any

from fastapi import Depends, Request

from shared.errors import Forbidden
from shared.web.roles import Caller, Role
from shared.web.tokens import NotSignedIn, check


@dataclass(frozen=True, slots=True)
class Rule:
    """Which roles may use a route; an empty set means everybody, signed in or not."""

    roles: frozenset[Role]

    def permit(self, request: Request) -> Caller | None:
        """The caller, if the rule lets them in."""
        caller = signed_in(request)
        if not self.roles:
            return caller
        if caller is None:
            raise NotSignedIn("token.missing", "Sign in to do this.")
        if not caller.has(*self.roles):
            wanted = " or ".join(sorted(role.replace("_", " ") for role in self.roles))
            raise Forbidden("role.missing", f"Only a person with the role {wanted} may do this.")
        return caller


@dataclass(frozen=True, slots=True)
class Anyone(Rule):
    """The rule of public routes."""

    roles: frozenset[Role] = frozenset()

    def __call__(self, request: Request) -> Caller | None:
        """Everybody may come in; a token that is sent must still be valid."""
        return self.permit(request)


def anyone() -> Any:
    """The dependency of a public route."""
    return Depends(Anyone())


def signed_in(request: Request) -> Caller | None:
    """The caller that the request's bearer token names, checked once; None without a token."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return None
    service = request.app.state.service
    caller = check(token, audience=service.name, public_key=service.settings.token_public_key)
    request.state.caller = caller
    return caller
