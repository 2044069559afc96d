"""Known secrets serve a demonstration only."""

from typing import Any

import pytest
from pydantic import ValidationError

from services.portal.settings import PortalSettings

NEEDED: dict[str, Any] = {"database_url": "postgresql+asyncpg://x", "kafka_bootstrap_servers": "x", "port": 1}
OWN: dict[str, Any] = {
    "token_public_key": "an invented public key",
    "token_private_key": "an invented private key",
    "session_secret": "an invented secret that is long enough",
}


def test_a_demonstration_starts_with_the_secrets_that_everybody_knows() -> None:
    assert not PortalSettings(**NEEDED, demonstration=True).secure_cookies


def test_with_secrets_of_its_own_a_council_starts_and_cookies_need_https() -> None:
    assert PortalSettings(**NEEDED, **OWN).secure_cookies


@pytest.mark.parametrize("known", ["token_private_key", "session_secret"])
def test_a_known_secret_stops_the_start_and_is_named(known: str) -> None:
    own = {name: value for name, value in OWN.items() if name != known}

    with pytest.raises(ValidationError, match=f"OFFSET_FUND_{known.upper()}"):
        PortalSettings(**NEEDED, **own)


def test_a_short_session_secret_stops_the_start() -> None:
    with pytest.raises(ValidationError, match="at least 32"):
        PortalSettings(**{**NEEDED, **OWN, "session_secret": "short"})


def test_no_secret_shows_when_settings_are_printed() -> None:
    assert "invented" not in repr(PortalSettings(**NEEDED, **OWN)).replace("an invented public key", "")
