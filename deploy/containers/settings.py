"""Writes what `docker compose` has to be told (the file .env), with secrets made at random.

    docker run --rm offset-fund:0.1.0 deploy.containers settings > .env                    (a council's own)
    docker run --rm offset-fund:0.1.0 deploy.containers settings --demonstration > .env    (invented data)

A demonstration keeps the keys that everybody knows, by which its invented people act; the services refuse
those anywhere else. Passwords of the databases are random in both.
"""

from __future__ import annotations

import base64
import secrets

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deploy.containers.told import ROLE_SETTINGS, SUPERUSER_PASSWORD


def settings(*, demonstration: bool) -> str:
    """Give the lines of a new .env file."""
    lines = {name: secrets.token_hex(24) for name in (SUPERUSER_PASSWORD, *ROLE_SETTINGS.values())}
    own = {"OFFSET_FUND_DEMONSTRATION": "true"} if demonstration else _keys()
    return "".join(f"{name}={value}\n" for name, value in {**own, **lines}.items())


def _keys() -> dict[str, str]:
    key = Ed25519PrivateKey.generate()
    return {
        "OFFSET_FUND_DEMONSTRATION": "false",
        "OFFSET_FUND_TOKEN_PRIVATE_KEY": _text(key.private_bytes_raw()),
        "OFFSET_FUND_TOKEN_PUBLIC_KEY": _text(key.public_key().public_bytes_raw()),
        "OFFSET_FUND_SESSION_SECRET": secrets.token_urlsafe(48),
        "OFFSET_FUND_METRICS_TOKEN": secrets.token_urlsafe(24),
    }


def _text(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode().rstrip("=")
