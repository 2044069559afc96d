"""PostgreSQL and Kafka alone, for tests and for people who develop.

For each kind in this order: the one that the environment names, a container where a Docker engine answers,
the machine's own programs. OFFSET_FUND_TEST_SERVERS=docker or =local chooses between the last two.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from deploy.local import docker_servers
from deploy.local.docker_servers import NoContainers, NoEngine
from deploy.local.kafka import KafkaServer, quiet_client
from deploy.local.kafka import answers as kafka_answers
from deploy.local.missing import Missing
from deploy.local.postgres import PostgresServer
from deploy.local.postgres import answers as postgres_answers
from deploy.local.progress import say, step
from deploy.local.readiness import until_it_answers
from deploy.local.temporary import temporary_state

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Mapping, Sequence

    from deploy.local.state import State

POSTGRES_SETTING = "OFFSET_FUND_TEST_POSTGRES_URL"
KAFKA_SETTING = "OFFSET_FUND_TEST_KAFKA"
SETTINGS = {"postgresql": POSTGRES_SETTING, "kafka": KAFKA_SETTING}
KINDS = tuple(SETTINGS)
CHOICE = "OFFSET_FUND_TEST_SERVERS"
CONTAINER_ANSWERS_WITHIN_SECONDS = 180
CONTAINERS = {
    "postgresql": (docker_servers.start_postgres, postgres_answers),
    "kafka": (docker_servers.start_kafka, kafka_answers),
}
"""How a container of each kind is started, and how it is asked whether it answers."""


@asynccontextmanager
async def servers(kinds: Collection[str] = KINDS, *, durable: bool = False) -> AsyncIterator[dict[str, str]]:
    """Give the settings that say where servers of these kinds are; start those that are not given.

    Durable ones, for figures, are always of this machine's own programs and always started.
    """
    given = {} if durable else {SETTINGS[kind]: os.environ.get(SETTINGS[kind], "") for kind in kinds}
    found = {name: address for name, address in given.items() if address}
    absent = [kind for kind in kinds if SETTINGS[kind] not in found]
    in_containers = not durable and bool(absent) and await containers_serve(absent)
    async with AsyncExitStack() as stack:
        if in_containers:
            started = {SETTINGS[kind]: await _start_container(kind, stack) for kind in absent}
        elif absent:
            state = await stack.enter_async_context(temporary_state())
            started = {SETTINGS[kind]: await _start(kind, state, stack, durable=durable) for kind in absent}
        else:
            started = {}
        yield {**found, **started}


async def containers_serve(kinds: Collection[str], environment: Mapping[str, str] = os.environ) -> bool:
    """Whether containers shall serve: they can, and nobody chose otherwise; says why not in a sentence."""
    choice = environment.get(CHOICE, "")
    if choice not in {"", "docker", "local"}:
        raise Missing(f"{CHOICE}={choice} is not a choice. Say docker or local, or leave it out.")
    if choice == "local":
        return False
    try:
        await asyncio.to_thread(docker_servers.require_images, kinds)
    except NoContainers as reason:
        if choice == "docker":
            raise Missing(f"{CHOICE}=docker, but {reason}.") from None
        if not isinstance(reason, NoEngine):
            say(f"The tests' servers are not containers, since {reason}. This machine's own programs serve.")
        return False
    return True


async def _start_container(kind: str, stack: AsyncExitStack) -> str:
    start, answers = CONTAINERS[kind]
    with step(f"Starting the container {docker_servers.IMAGES[kind]}"):
        container, address = await asyncio.to_thread(start)
        stack.push_async_callback(asyncio.to_thread, container.stop)
        try:
            with quiet_client():
                await until_it_answers(kind, lambda: answers(address), CONTAINER_ANSWERS_WITHIN_SECONDS)
        except Missing as late:
            said = await asyncio.to_thread(docker_servers.last_words, container)
            raise Missing(f"{late}\n{said}") from None
    return address


async def _start(kind: str, state: State, stack: AsyncExitStack, *, durable: bool) -> str:
    if kind == "postgresql":
        postgres = PostgresServer(state, durable=durable)
        stack.push_async_callback(postgres.stop)
        await postgres.start()
        return postgres.superuser_url
    kafka = KafkaServer(state, short_lived=not durable)
    stack.push_async_callback(kafka.stop)
    await kafka.start()
    return kafka.bootstrap_servers


async def main(arguments: Sequence[str]) -> int:
    """Run servers, print the lines to export, and wait for Ctrl-C or, if asked, for our input to end."""
    parser = argparse.ArgumentParser(prog="deploy.local servers", description=main.__doc__)
    parser.add_argument("kinds", nargs="*", choices=(*KINDS, []), help="which; both by default")
    parser.add_argument("--until-input-ends", action="store_true", help="stop when standard input is closed")
    parser.add_argument("--durable", action="store_true", help="write through to the disk, as `up` does")
    given = parser.parse_args(arguments)
    async with servers(given.kinds or KINDS, durable=given.durable) as settings:
        for name, value in settings.items():
            sys.stdout.write(f"export {name}='{value}'\n")
        sys.stdout.flush()
        await (_input_ends() if given.until_input_ends else asyncio.Event().wait())
    return 0


async def _input_ends() -> None:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    while await reader.read(1024):
        pass
