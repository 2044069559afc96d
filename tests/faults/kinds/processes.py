"""Faults of the services' own processes."""

import asyncio
import random
import signal

from deploy.local.databases import SERVICES
from tests.faults.kinds.events import resend_some
from tests.faults.kinds.kind import Ground, kind
from tests.faults.points import BETWEEN_COMMIT_AND_ACKNOWLEDGE, BETWEEN_SEND_AND_DELETE, flag
from tests.faults.system import PUBLISHERS

DIES_WITHIN_SECONDS = 15.0
OF_ITSELF_SECONDS = 3.0
AN_HOUR_SECONDS = 3600


@kind(weight=8)
async def kill_service(ground: Ground, chance: random.Random) -> None:
    """Kill -9 of a service at any moment."""
    system, name = ground.system, chance.choice(SERVICES)
    async with system.held(name):
        await system.kill(name)
        await asyncio.sleep(chance.uniform(0, 1))
        await system.start(name)


@kind(weight=5)
async def terminate_service(ground: Ground, chance: random.Random) -> None:
    """SIGTERM, as a deployment does."""
    system, name = ground.system, chance.choice(SERVICES)
    async with system.held(name):
        await system.terminate(name)
        await system.start(name)


@kind(weight=8)
async def kill_relay_between_send_and_delete(ground: Ground, chance: random.Random) -> None:
    """Kafka has acknowledged events that the outbox still lists."""
    await _die_at(ground, chance, chance.choice(PUBLISHERS), BETWEEN_SEND_AND_DELETE)


@kind(weight=8)
async def kill_reader_between_commit_and_acknowledge(ground: Ground, chance: random.Random) -> None:
    """The effect is committed, and Kafka believes that it is not."""
    await _die_at(ground, chance, chance.choice(SERVICES), BETWEEN_COMMIT_AND_ACKNOWLEDGE)


async def _die_at(ground: Ground, chance: random.Random, name: str, point: str) -> None:
    """Where the load does not bring it to the point soon, old events that are sent again do."""
    system, told = ground.system, flag(ground.system.points, name, point)
    async with system.held(name):
        told.touch()
        sending = asyncio.create_task(asyncio.sleep(0))
        if not await system.ended(name, within_seconds=OF_ITSELF_SECONDS):
            sending = asyncio.create_task(resend_some(ground, chance, _sender_for(name, point)))
            await system.ended(name, within_seconds=DIES_WITHIN_SECONDS)
        told.unlink(missing_ok=True)
        await system.kill(name)
        await system.start(name)
    await sending


def _sender_for(name: str, point: str) -> str:
    """Whose old events make this service pass the point."""
    if point == BETWEEN_SEND_AND_DELETE:
        return name
    return {"contributions": "assessment", "applications": "assessment"}.get(name, "applications")


@kind(weight=6)
async def pause_service(ground: Ground, chance: random.Random) -> None:
    """One service stands still while the others go on; seldom for longer than Kafka waits for it."""
    system, name = ground.system, chance.choice(SERVICES)
    async with system.held(name):
        system.signal(name, signal.SIGSTOP)
        await asyncio.sleep(chance.choice([0.5, 1, 2, 3, 8]))
        system.signal(name, signal.SIGCONT)


@kind(weight=5)
async def second_replica_joins_and_leaves(ground: Ground, chance: random.Random) -> None:
    """Two processes of one service share its topics, until the second leaves, in order or not."""
    name = chance.choice(SERVICES)
    async with ground.system.replica(name) as replica:
        await asyncio.sleep(chance.uniform(0, 2))
        if chance.random() < 0.5:
            await replica.kill()


@kind(weight=3)
async def clock_an_hour_off(ground: Ground, chance: random.Random) -> None:
    """One service believes that it is an hour later or earlier, until somebody corrects it."""
    system, name = ground.system, chance.choice(PUBLISHERS)
    async with system.held(name):
        system.set_clock(name, chance.choice([-AN_HOUR_SECONDS, AN_HOUR_SECONDS]))
        await asyncio.sleep(chance.uniform(0.5, 3))
        system.set_clock(name, 0)
