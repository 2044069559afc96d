"""Whether a service's keys can be used, belong together, and are nobody else's."""

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.settings import DEMONSTRATION_PUBLIC_KEY, ServiceSettings

KEY_BYTES = 32
MAKE = "`python -m deploy.containers settings` makes a pair of keys."


def secret_refusals(settings: ServiceSettings) -> list[str]:
    """What is wrong with the keys of the settings, a sentence each, without any of them."""
    public = _key(settings.token_public_key)
    if public is None:
        return [f"OFFSET_FUND_TOKEN_PUBLIC_KEY is not an Ed25519 key in base64url. {MAKE}"]
    if not settings.demonstration and public == _key(DEMONSTRATION_PUBLIC_KEY):
        return [f"OFFSET_FUND_TOKEN_PUBLIC_KEY is the demonstration's, which everybody knows. {MAKE}"]
    private_key: str | None = getattr(settings, "token_private_key", None)
    return [] if private_key is None else _pair_refusals(private_key, public)


def _pair_refusals(private_key: str, public: bytes) -> list[str]:
    private = _key(private_key)
    if private is None:
        return [f"OFFSET_FUND_TOKEN_PRIVATE_KEY is not an Ed25519 key in base64url. {MAKE}"]
    if Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw() != public:
        message = "OFFSET_FUND_TOKEN_PRIVATE_KEY and OFFSET_FUND_TOKEN_PUBLIC_KEY are not of one pair"
        return [f"{message}, so no service would accept a sign-in. {MAKE}"]
    return []


def _key(text: str) -> bytes | None:
    try:
        key = base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except ValueError:
        return None
    return key if len(key) == KEY_BYTES else None
