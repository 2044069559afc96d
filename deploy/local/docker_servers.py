"""PostgreSQL and Kafka for tests as containers (Testcontainers), where a Docker engine answers.

The images are those of docker-compose.yml. Everything here waits for the engine, so it runs in a thread.
"""

from __future__ import annotations

import secrets
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from deploy.local.kafka import MEMORY, OPTIONS, QUICK_START, new_cluster_id
from deploy.local.kafka import SETTINGS as KAFKA_SETTINGS
from deploy.local.ports import free_port
from deploy.local.postgres import NOT_DURABLE, SUPERUSER
from deploy.local.postgres import SETTINGS as POSTGRES_SETTINGS
from deploy.local.processes import TAIL_LINES

if TYPE_CHECKING:
    from collections.abc import Collection

    from testcontainers.core.container import DockerContainer

IMAGES = {"postgresql": "postgres:15.20-bookworm", "kafka": "apache/kafka:4.3.1"}
ENGINE_ANSWERS_WITHIN_SECONDS = 5
IMAGES_WITHIN_SECONDS = 180
PLACES = ("listen_addresses", "unix_socket_directories")
"""What the image of PostgreSQL sets for itself."""


class NoContainers(Exception):
    """Why containers cannot serve the tests here."""


class NoEngine(NoContainers):
    """No Docker engine answers: most machines have none."""


def require_images(kinds: Collection[str], within_seconds: float = IMAGES_WITHIN_SECONDS) -> None:
    """Return when the engine has the images of these kinds, fetched if need be; say why it has not."""
    from docker import from_env
    from docker.errors import DockerException

    try:
        engine = from_env(timeout=ENGINE_ANSWERS_WITHIN_SECONDS)
        engine.ping()
    except DockerException as error:
        raise NoEngine("no Docker engine answers") from error
    deadline = time.monotonic() + within_seconds
    try:
        for image in _needed(kinds):
            _require(engine, image, deadline)
    finally:
        engine.close()


def _needed(kinds: Collection[str]) -> list[str]:
    from testcontainers.core.config import testcontainers_config

    remover = [] if testcontainers_config.ryuk_disabled else [testcontainers_config.ryuk_image]
    return [*(IMAGES[kind] for kind in kinds), *remover]


def _require(engine: Any, image: str, deadline: float) -> None:
    from docker.errors import APIError, ImageNotFound
    from requests.exceptions import RequestException

    with suppress(ImageNotFound):
        engine.images.get(image)
        return
    try:
        for said in engine.api.pull(image, stream=True, decode=True):
            if time.monotonic() > deadline:
                raise NoContainers(f"the image {image} cannot be had in time")
            if "error" in said:
                raise NoContainers(f"the image {image} cannot be had ({said['error']})")
    except (APIError, RequestException) as error:
        reason = getattr(error, "explanation", None) or error
        raise NoContainers(f"the image {image} cannot be had ({reason})") from error


def start_postgres() -> tuple[DockerContainer, str]:
    """Start PostgreSQL with the settings of our temporary servers; give it and its superuser's address."""
    from testcontainers.community.postgres import PostgresContainer

    password = secrets.token_hex(24)
    container = PostgresContainer(
        IMAGES["postgresql"], username=SUPERUSER, password=password, dbname="postgres", driver=None
    )
    settings = {name: value for name, value in POSTGRES_SETTINGS.items() if name not in PLACES} | NOT_DURABLE
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    container.with_env("POSTGRES_INITDB_ARGS", "--encoding=UTF8 --locale=C --no-sync")
    container.with_command(["postgres", *options])
    container.start()
    return container, container.get_connection_url()


def start_kafka() -> tuple[DockerContainer, str]:
    """Start one KRaft node with the settings of our own servers; give it and where its clients begin.

    Testcontainers' KafkaContainer knows only another maker's image; a port chosen beforehand does what its
    start script does: the broker can say where it is reached from outside.
    """
    from testcontainers.core.container import DockerContainer

    port = free_port()
    container = DockerContainer(IMAGES["kafka"]).with_bind_ports(9092, port)
    address = f"{container.get_docker_client().host()}:{port}"
    for name, value in kafka_environment(address).items():
        container.with_env(name, value)
    container.start()
    return container, address


def kafka_environment(address: str) -> dict[str, str]:
    """Give what the image is told, for a broker that clients reach at this address."""
    places = {
        "listeners": "PLAINTEXT://:9092,CONTROLLER://:9093",
        "advertised.listeners": f"PLAINTEXT://{address}",
        "controller.quorum.voters": "1@localhost:9093",
        "log.dirs": "/var/lib/kafka/data",
    }
    told = {**KAFKA_SETTINGS, **places}
    return {
        "CLUSTER_ID": new_cluster_id(),
        "KAFKA_HEAP_OPTS": f"-Xmx{MEMORY}",
        "KAFKA_JVM_PERFORMANCE_OPTS": " ".join((*OPTIONS, *QUICK_START)),
        **{f"KAFKA_{name.upper().replace('.', '_')}": value for name, value in told.items()},
    }


def last_words(container: DockerContainer) -> str:
    """Give the end of what a container said."""
    said = b"".join(container.get_logs()).decode(errors="replace").splitlines()
    return "\n".join(f"    {line}" for line in said[-TAIL_LINES:])
