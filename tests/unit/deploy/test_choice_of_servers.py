"""Which servers the tests run on: given ones, containers, this machine's own."""

import gc

import pytest

from deploy.local import docker_servers
from deploy.local.docker_servers import NoContainers, NoEngine, kafka_environment, require_images
from deploy.local.missing import Missing
from deploy.local.servers import CHOICE, KAFKA_SETTING, POSTGRES_SETTING, containers_serve, servers


@pytest.fixture
def reason(monkeypatch: pytest.MonkeyPatch) -> list[NoContainers]:
    """Why containers cannot serve, if it holds anything."""
    reasons: list[NoContainers] = []

    def require(_kinds: object) -> None:
        for each in reasons:
            raise each

    monkeypatch.setattr(docker_servers, "require_images", require)
    return reasons


async def test_containers_serve_where_an_engine_answers_unless_local_ones_are_chosen(
    reason: list[NoContainers],
) -> None:
    assert not reason
    assert await containers_serve(["kafka"], {}) is True
    assert await containers_serve(["kafka"], {CHOICE: "local"}) is False


async def test_an_image_that_cannot_be_had_is_said_in_one_sentence(
    reason: list[NoContainers], capsys: pytest.CaptureFixture[str]
) -> None:
    reason.append(NoContainers("the image apache/kafka:4.3.1 cannot be had in time"))

    assert await containers_serve(["kafka"], {}) is False

    said = capsys.readouterr().err
    assert "the image apache/kafka:4.3.1 cannot be had in time. This machine's own" in said
    assert said.count("\n") == 1


async def test_a_machine_without_docker_needs_no_sentence(
    reason: list[NoContainers], capsys: pytest.CaptureFixture[str]
) -> None:
    reason.append(NoEngine("no Docker engine answers"))

    assert await containers_serve(["kafka"], {}) is False
    assert not capsys.readouterr().err
    with pytest.raises(Missing, match="OFFSET_FUND_TEST_SERVERS=docker, but no Docker engine answers"):
        await containers_serve(["kafka"], {CHOICE: "docker"})


async def test_another_choice_is_refused() -> None:
    with pytest.raises(Missing, match="OFFSET_FUND_TEST_SERVERS=cloud"):
        await containers_serve(["kafka"], {CHOICE: "cloud"})


async def test_given_servers_are_used_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(POSTGRES_SETTING, "postgresql://given")
    monkeypatch.setenv(KAFKA_SETTING, "given:9092")

    async with servers() as settings:
        assert settings == {POSTGRES_SETTING: "postgresql://given", KAFKA_SETTING: "given:9092"}


@pytest.mark.filterwarnings(
    "ignore:unclosed <socket:ResourceWarning"
)  # Docker's client leaves it to the collector
def test_an_engine_that_does_not_answer_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")

    with pytest.raises(NoEngine):
        require_images(["kafka"])
    gc.collect()


def test_kafka_in_a_container_has_the_settings_of_our_own_broker_and_says_where_it_is_reached() -> None:
    told = kafka_environment("127.0.0.1:40000")

    assert told["KAFKA_ADVERTISED_LISTENERS"] == "PLAINTEXT://127.0.0.1:40000"
    assert told["KAFKA_AUTO_CREATE_TOPICS_ENABLE"] == "false"
    assert told["KAFKA_BROKER_SESSION_TIMEOUT_MS"] == "3000"
