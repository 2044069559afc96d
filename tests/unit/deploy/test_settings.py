from pathlib import Path

import pytest

from deploy.local import chromium
from deploy.local.missing import Missing
from deploy.local.settings import PORTS, SystemSettings


def test_the_usual_ports_hold_until_a_setting_changes_one() -> None:
    settings = SystemSettings.from_environment({"OFFSET_FUND_PORTAL_PORT": "9000"})

    assert settings.ports == {**PORTS, "portal": 9000}


@pytest.mark.parametrize("value", ["http", "-1", "70000", ""])
def test_what_is_no_port_is_refused_by_the_name_of_its_setting(value: str) -> None:
    with pytest.raises(Missing, match="OFFSET_FUND_KAFKA_PORT"):
        SystemSettings.from_environment({"OFFSET_FUND_KAFKA_PORT": value})


def test_given_servers_are_used_instead_of_our_own() -> None:
    settings = SystemSettings.from_environment(
        {
            "OFFSET_FUND_POSTGRES_URL": "postgresql://somebody@db/postgres",
            "OFFSET_FUND_KAFKA_BOOTSTRAP_SERVERS": "kafka:9092",
            "OFFSET_FUND_DEMONSTRATION": "false",
        }
    )

    assert settings.postgres_url == "postgresql://somebody@db/postgres"
    assert settings.kafka_bootstrap_servers == "kafka:9092"
    assert not settings.demonstration


def test_a_named_chromium_that_is_no_program_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OFFSET_FUND_CHROMIUM", str(tmp_path / "chromium"))

    with pytest.raises(Missing, match="OFFSET_FUND_CHROMIUM"):
        chromium.find_chromium()


def test_without_chromium_the_browser_tests_may_be_skipped_but_not_on_ci(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("OFFSET_FUND_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    monkeypatch.delenv("CI", raising=False)
    assert chromium.find_chromium() is None

    monkeypatch.setenv("CI", "true")
    with pytest.raises(Missing, match="CI may not skip"):
        chromium.find_chromium()
