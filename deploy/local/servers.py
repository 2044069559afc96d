"""PostgreSQL and Kafka alone, for tests and for people who develop."""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from deploy.local.kafka import KafkaServer
from deploy.local.postgres import PostgresServer
from deploy.local.temporary import temporary_state

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Sequence

POSTGRES_SETTING = "OFFSET_FUND_TEST_POSTGRES_URL"
KAFKA_SETTING = "OFFSET_FUND_TEST_KAFKA"
KINDS = ("postgresql", "kafka")


@asynccontextmanager
async def servers(kinds: Collection[str] = KINDS, *, durable: bool = False) -> AsyncIterator[dict[str, str]]:
    """Run servers of these kinds on free ports with empty data; give the settings that say where."""
    async with temporary_state() as state, AsyncExitStack() as stack:
        settings: dict[str, str] = {}
        if "postgresql" in kinds:
            postgres = PostgresServer(state, durable=durable)
            stack.push_async_callback(postgres.stop)
            await postgres.start()
            settings[POSTGRES_SETTING] = postgres.superuser_url
        if "kafka" in kinds:
            kafka = KafkaServer(state, short_lived=not durable)
            stack.push_async_callback(kafka.stop)
            await kafka.start()
            settings[KAFKA_SETTING] = kafka.bootstrap_servers
        yield settings


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
