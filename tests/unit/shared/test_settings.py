"""Settings: a key that everybody knows stops the start."""

import pytest
from pydantic import ValidationError

from shared.settings import ServiceSettings

GIVEN = {"database_url": "postgresql+asyncpg://u:secret@h/d", "kafka_bootstrap_servers": "h:1", "port": 1}
OWN_KEY = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"


def test_outside_a_demonstration_the_known_key_stops_the_start() -> None:
    with pytest.raises(ValidationError, match="OFFSET_FUND_TOKEN_PUBLIC_KEY"):
        ServiceSettings(**GIVEN)


def test_a_demonstration_may_use_the_known_key() -> None:
    assert ServiceSettings(**GIVEN, demonstration=True).demonstration


def test_with_a_key_of_its_own_a_council_starts() -> None:
    assert ServiceSettings(**GIVEN, token_public_key=OWN_KEY).token_public_key == OWN_KEY


def test_a_password_does_not_show_when_settings_are_printed() -> None:
    assert "secret" not in repr(ServiceSettings(**GIVEN, demonstration=True))
