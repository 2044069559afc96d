"""PostgreSQL and Kafka of our own, killed as by a power cut and started again."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.local.kafka import KafkaServer
from deploy.local.postgres import PostgresServer
from deploy.local.state import State
from deploy.local.temporary import temporary_state


@pytest.fixture
async def state() -> AsyncIterator[State]:
    async with temporary_state() as folder:
        yield folder


async def test_postgresql_keeps_what_was_committed_when_it_is_killed(state: State) -> None:
    server = PostgresServer(state, durable=False)
    await server.start()
    before = await asyncpg.connect(server.superuser_url)
    await before.execute("CREATE TABLE pot (pence bigint)")
    await before.execute("INSERT INTO pot VALUES (8859600)")

    await server.kill()
    await server.start()

    after = await asyncpg.connect(server.superuser_url)
    assert await after.fetchval("SELECT pence FROM pot") == 8859600
    await after.close()
    await server.stop()


async def test_postgresql_is_open_to_its_password_only_and_on_the_loopback_address(state: State) -> None:
    server = PostgresServer(state, durable=False)
    await server.start()

    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(server.superuser_url, password="guessed")
    connection = await asyncpg.connect(server.superuser_url)
    assert await connection.fetchval("SHOW listen_addresses") == "127.0.0.1"
    assert await connection.fetchval("SHOW unix_socket_directories") == ""
    await connection.close()
    await server.stop()


async def test_a_second_start_takes_over_from_a_run_that_was_killed(state: State) -> None:
    killed = PostgresServer(state, durable=False)
    await killed.start()
    port = killed.port

    again = PostgresServer(state, port=port, durable=False)
    await again.start()

    assert killed.running is not None
    assert killed.running.exit_code is not None
    assert again.port == port
    await again.stop()


async def test_kafka_keeps_what_it_acknowledged_when_it_is_killed(state: State) -> None:
    server = KafkaServer(state)
    await server.start()
    await _send(server.bootstrap_servers, b"a pound")

    await server.kill()
    await server.start()

    assert await _first(server.bootstrap_servers) == b"a pound"
    await server.stop()


async def _send(bootstrap_servers: str, value: bytes) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap_servers)
    await admin.start()
    await admin.create_topics([NewTopic("kept", 1, 1)])
    await admin.close()
    async with AIOKafkaProducer(bootstrap_servers=bootstrap_servers, acks="all") as producer:
        await producer.send_and_wait("kept", value)


async def _first(bootstrap_servers: str) -> bytes:
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap_servers, auto_offset_reset="earliest")
    await consumer.start()
    consumer.assign([TopicPartition("kept", 0)])
    message = await consumer.getone()
    await consumer.stop()
    return bytes(message.value)
