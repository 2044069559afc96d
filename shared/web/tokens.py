"""Short-lived EdDSA tokens: the portal mints them, each service checks those meant for it."""

import base64
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shared.errors import OffsetFundError
from shared.web.roles import Caller, Role

ISSUER = "offset-fund-portal"
LIFETIME = timedelta(minutes=5)
DEMONSTRATION_PRIVATE_KEY = "f7_2siCdlWDzkxx2kT-XnP8DUemuoHITx511SlCmAZU"
"""Everybody knows this key: settings refuse it outside a demonstration."""


class NotSignedIn(OffsetFundError):
    """The request carries no token that this service accepts."""


def mint(
    person_id: UUID,
    roles: Iterable[Role],
    *,
    audience: str,
    private_key: str,
    lifetime: timedelta = LIFETIME,
) -> str:
    """A token for one person, their roles and one service (base64url Ed25519 private key)."""
    now = datetime.now(UTC)
    claims = {
        "iss": ISSUER,
        "aud": audience,
        "sub": str(person_id),
        "roles": sorted(roles),
        "iat": now,
        "exp": now + lifetime,
    }
    key = Ed25519PrivateKey.from_private_bytes(_bytes(private_key))
    return jwt.encode(claims, key, algorithm="EdDSA")


def check(token: str, *, audience: str, public_key: str) -> Caller:
    """The caller a token speaks for; refuses a wrong signature, issuer, audience, time or shape."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            Ed25519PublicKey.from_public_bytes(_bytes(public_key)),
            algorithms=["EdDSA"],
            audience=audience,
            issuer=ISSUER,
            options={"require": ["exp", "iat", "sub", "aud", "iss"]},
        )
        return Caller(UUID(claims["sub"]), frozenset(Role(role) for role in claims["roles"]))
    except jwt.ExpiredSignatureError as error:
        raise NotSignedIn("token.expired", "Your sign-in has run out. Sign in again.") from error
    except jwt.InvalidAudienceError as error:
        raise NotSignedIn("token.audience", "This token was made for another service.") from error
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
        raise NotSignedIn("token.invalid", "This token is not valid. Sign in again.") from error


def _bytes(key: str) -> bytes:
    return base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
