"""docker-compose.yml and the image, read as files: what a person would check before trusting them."""

import re
from typing import Any

import pytest
import yaml

from deploy.containers.jobs import DEMONSTRATION, KAFKA, POSTGRES
from deploy.containers.settings import settings
from deploy.containers.told import ROLE_SETTINGS, SUPERUSER_PASSWORD
from deploy.local.databases import SERVICES
from deploy.local.docker_servers import IMAGES
from deploy.local.kafka_jars import VERSION as KAFKA_VERSION
from deploy.local.state import CHECKOUT
from services.portal.settings import PortalSettings
from shared.version import VERSION

COMPOSE = CHECKOUT / "docker-compose.yml"
DOCKERFILE = (CHECKOUT / "deploy" / "Dockerfile").read_text()
CONTAINERS: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE.read_text())["services"]
JOBS = ("databases", "migrations", "topics", "demonstration")
OURS = {f"OFFSET_FUND_{name.upper()}" for name in PortalSettings.model_fields}
TOLD_TO_JOBS = {POSTGRES, KAFKA, DEMONSTRATION, "OFFSET_FUND_PORTAL_URL", *ROLE_SETTINGS.values()}

every_container = pytest.mark.parametrize("name", CONTAINERS)


def test_there_are_two_servers_four_jobs_and_the_five_services() -> None:
    assert set(CONTAINERS) == {"postgres", "kafka", *JOBS, *SERVICES}


@every_container
def test_a_container_can_neither_write_to_its_files_nor_be_root_nor_become_it(name: str) -> None:
    container = CONTAINERS[name]

    assert container["read_only"] is True
    assert int(container["user"].split(":")[0]) > 0
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]


@every_container
def test_a_container_runs_a_pinned_image_within_limits(name: str) -> None:
    container = CONTAINERS[name]

    _, _, version = container["image"].partition(":")
    assert re.match(r"\d+\.\d+", version)
    assert set(container["deploy"]["resources"]["limits"]) == {"cpus", "memory", "pids"}


@every_container
def test_what_runs_for_long_is_watched_and_comes_back_and_a_job_runs_once(name: str) -> None:
    container = CONTAINERS[name]

    if name in JOBS:
        assert container["restart"] == "no"
    else:
        assert container["restart"] == "unless-stopped"
        assert container["healthcheck"]["test"][0] == "CMD"


def test_only_the_portal_is_published_and_only_on_the_loopback_address() -> None:
    published = {name: container["ports"] for name, container in CONTAINERS.items() if "ports" in container}

    assert list(published) == ["portal"]
    assert all(port.startswith("127.0.0.1:") for port in published["portal"])
    assert yaml.safe_load(COMPOSE.read_text())["networks"]["fund"] == {"internal": True}
    assert [name for name, each in CONTAINERS.items() if "front" in each["networks"]] == ["portal"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_starts_when_its_jobs_are_done_and_knows_only_its_own_password(name: str) -> None:
    container = CONTAINERS[name]

    assert container["command"] == [f"services.{name}.main"]
    assert {job: each["condition"] for job, each in container["depends_on"].items()} == dict.fromkeys(
        ("migrations", "topics"), "service_completed_successfully"
    )
    named = set(re.findall(r"OFFSET_FUND_\w+PASSWORD", str(container["environment"])))
    assert named == {f"OFFSET_FUND_{name.upper()}_PASSWORD"}


@every_container
def test_each_variable_is_one_that_the_settings_know(name: str) -> None:
    told = {each for each in CONTAINERS[name].get("environment", {}) if each.startswith("OFFSET_FUND_")}

    assert told <= (TOLD_TO_JOBS | OURS if name in JOBS else OURS)


def test_no_secret_has_a_default_and_the_settings_that_are_written_name_every_one() -> None:
    text = COMPOSE.read_text()
    asked = set(re.findall(r"\$\{(\w+):\?", text))

    assert asked == {SUPERUSER_PASSWORD, *ROLE_SETTINGS.values()}
    assert set(re.findall(r"\$\{(\w+)(?!\w|:\?)", text)) == {DEMONSTRATION, "OFFSET_FUND_PORTAL_PORT"}
    assert asked <= set(_written(demonstration=True)) & set(_written(demonstration=False))


def test_a_councils_own_settings_are_accepted_and_a_demonstration_keeps_the_known_keys(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in _written(demonstration=False).items():
        monkeypatch.setenv(name, value)
    place = {"database_url": "postgresql+asyncpg://x", "kafka_bootstrap_servers": "x", "port": 8000}

    own = PortalSettings.model_validate({**place})

    assert own.demonstration is False
    assert "OFFSET_FUND_TOKEN_PRIVATE_KEY" not in _written(demonstration=True)
    assert _written(demonstration=False) != _written(demonstration=False)


def test_the_image_is_that_of_this_version_and_runs_as_nobody_in_particular() -> None:
    assert {CONTAINERS[name]["image"] for name in (*JOBS, *SERVICES)} == {f"offset-fund:{VERSION}"}
    assert re.search(r"^ARG BASE=python:3\.11\.\d+-slim-bookworm$", DOCKERFILE, re.MULTILINE)
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == ["${BASE}", "tools", "tools", "${BASE}"]
    assert re.findall(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE) == [CONTAINERS["portal"]["user"]]
    assert "deploy.containers.health" in DOCKERFILE


def test_tests_use_the_servers_that_run_in_containers() -> None:
    assert CONTAINERS["postgres"]["image"] == IMAGES["postgresql"]
    assert CONTAINERS["kafka"]["image"] == IMAGES["kafka"] == f"apache/kafka:{KAFKA_VERSION}"


def _written(*, demonstration: bool) -> dict[str, str]:
    lines = settings(demonstration=demonstration).splitlines()
    return dict(line.split("=", 1) for line in lines)
