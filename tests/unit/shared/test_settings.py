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


@pytest.mark.parametrize("name", ["OFFSET_FUND_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"])
def test_a_collector_of_traces_is_named_by_our_variable_or_by_opentelemetrys(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "http://collector:4318")

    assert ServiceSettings(**GIVEN, demonstration=True).otlp_endpoint == "http://collector:4318"


def test_nothing_is_traced_where_no_collector_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT", raising=False)

    assert not ServiceSettings(**GIVEN, demonstration=True).otlp_endpoint


def test_the_token_of_figures_does_not_show_when_settings_are_printed() -> None:
    assert "secret" not in repr(ServiceSettings(**GIVEN, demonstration=True, metrics_token="a secret"))
