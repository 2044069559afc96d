"""Runs one Apache Kafka node (KRaft, broker and controller in one) on the loopback address."""

from __future__ import annotations

import asyncio
import base64
import logging
import os
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

from deploy.local.java import find_java_home
from deploy.local.kafka_jars import find_kafka_jars
from deploy.local.missing import Missing
from deploy.local.ports import LOOPBACK, choose_port
from deploy.local.processes import Program, Running, run_once, start, stop_left_over
from deploy.local.progress import step
from deploy.local.state import remove

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from deploy.local.state import State

READY_WITHIN_SECONDS = 90
MEMORY = "512m"
OPTIONS = ("-XX:+UseSerialGC", "-Djava.awt.headless=true")
# Half the processor time to start, at the price of speed later on: for tests and for Kafka's tools.
QUICK_START = ("-XX:TieredStopAtLevel=1",)
SETTINGS = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    # One node: nothing can be replicated, and waiting for others only takes time.
    "default.replication.factor": "1",
    "min.insync.replicas": "1",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "6",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "1",
    "group.initial.rebalance.delay.ms": "0",
    # After kill -9 the new broker waits until the old one's registration has expired.
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "500",
    "auto.create.topics.enable": "false",
    "log.retention.ms": "-1",
    # A fund that was stopped over the summer must still know what it has read.
    "offsets.retention.minutes": "5256000",
    "log.cleaner.dedupe.buffer.size": "33554432",
    "num.network.threads": "2",
    "num.io.threads": "4",
}


class KafkaServer:
    """A broker with its data, its log and its cluster id in one state folder."""

    def __init__(
        self, state: State, *, port: int = 0, controller_port: int = 0, short_lived: bool = False
    ) -> None:
        self._state = state
        self._folder = state.folder / "kafka"
        self._data = self._folder / "data"
        self._properties = self._folder / "server.properties"
        self._wanted = (port, controller_port)
        self._options = QUICK_START if short_lived else ()
        self._ports: tuple[int, int] | None = None
        self.running: Running | None = None

    @property
    def bootstrap_servers(self) -> str:
        """Where clients begin."""
        assert self._ports is not None, "start() chooses the port"
        return f"{LOOPBACK}:{self._ports[0]}"

    async def start(self) -> None:
        """Format the data folder the first time, start the broker and wait until it answers."""
        java_home = await find_java_home()
        jars = await find_kafka_jars(java_home)
        await stop_left_over(self._state.run / "kafka.pid")
        self._ports = self._ports or _choose_ports(*self._wanted)
        java = str(java_home / "bin" / "java")
        class_path = ["-cp", os.pathsep.join(map(str, jars))]
        with step(f"Starting Kafka on port {self._ports[0]}"):
            await self._prepare([java, *QUICK_START, *class_path])
            self.running = await start(self._program([java, *self._options, *class_path]))
            await self._wait_until_ready()

    async def stop(self) -> None:
        """Stop the broker in order."""
        if self.running:
            await self.running.stop()
            self.running = None

    async def kill(self) -> None:
        """End the broker as kill -9 does; `start` brings it back with what was acknowledged."""
        if self.running:
            await self.running.kill()
            self.running = None

    async def wipe(self) -> None:
        """Lose everything that the broker holds, as a lost disk does; `start` formats an empty one."""
        await self.kill()
        remove(self._data)

    async def _prepare(self, java: list[str]) -> None:
        assert self._ports is not None
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._properties.write_text(server_properties(self._data, *self._ports))
        if (self._data / "meta.properties").exists():
            return
        cluster_id = _kept_cluster_id(self._folder / "cluster-id")
        arguments = ["format", "--ignore-formatted", "-t", cluster_id, "-c", str(self._properties)]
        await run_once([*java, "kafka.tools.StorageTool", *arguments])

    def _program(self, java: list[str]) -> Program:
        return Program(
            name="kafka",
            command=[*java, f"-Xmx{MEMORY}", *OPTIONS, "kafka.Kafka", str(self._properties)],
            state=self._state,
            folder=self._folder,
            patience_seconds=30,
        )

    async def _wait_until_ready(self) -> None:
        running = self.running
        assert running is not None
        with quiet_client():
            for _ in range(READY_WITHIN_SECONDS * 5):
                running.require_running()
                if await answers(self.bootstrap_servers):
                    return
                await asyncio.sleep(0.2)
        raise Missing(f"Kafka does not answer on {self.bootstrap_servers}:\n{running.program.tail()}")


def server_properties(data: Path, port: int, controller_port: int) -> str:
    """Write the configuration of one node that listens on the loopback address only."""
    listener, controller = f"PLAINTEXT://{LOOPBACK}:{port}", f"CONTROLLER://{LOOPBACK}:{controller_port}"
    own = {
        "listeners": f"{listener},{controller}",
        "advertised.listeners": listener,
        "controller.quorum.voters": f"1@{LOOPBACK}:{controller_port}",
        "log.dirs": str(data),
    }
    return "".join(f"{name}={value}\n" for name, value in {**SETTINGS, **own}.items())


async def answers(bootstrap_servers: str) -> bool:
    """Whether a broker answers the admin API there."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap_servers, request_timeout_ms=5000)
    try:
        await admin.start()
        await admin.list_topics()
    except (KafkaError, OSError):
        return False
    finally:
        await admin.close()
    return True


def new_cluster_id() -> str:
    """Make a cluster id of the form that Kafka's tools take: 16 random bytes, not beginning with a dash."""
    while True:
        text = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        if not text.startswith("-"):
            return text


def _kept_cluster_id(path: Path) -> str:
    if not path.exists():
        path.write_text(new_cluster_id())
    return path.read_text()


@contextmanager
def quiet_client() -> Iterator[None]:
    """Keep the client's complaints to itself while a broker that is starting is asked for an answer."""
    logger = logging.getLogger("aiokafka")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def _choose_ports(port: int, controller_port: int) -> tuple[int, int]:
    return (
        choose_port(port, "Kafka", "OFFSET_FUND_KAFKA_PORT"),
        choose_port(controller_port, "Kafka's controller", "OFFSET_FUND_KAFKA_CONTROLLER_PORT"),
    )
