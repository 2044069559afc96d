"""Faults of Kafka."""

import asyncio
import random
import signal

from tests.faults.kinds.kind import Ground, kind


@kind(weight=2)
async def stop_kafka(ground: Ground, chance: random.Random) -> None:
    """The broker is stopped in order and comes back."""
    async with ground.system.held("kafka"):
        await ground.system.terminate("kafka")
        await asyncio.sleep(chance.uniform(0, 2))
        await ground.system.start("kafka")


@kind(weight=2)
async def kill_kafka(ground: Ground, chance: random.Random) -> None:
    """Kill -9 of the broker."""
    async with ground.system.held("kafka"):
        await ground.system.kill("kafka")
        await asyncio.sleep(chance.uniform(0, 2))
        await ground.system.start("kafka")


@kind(weight=4)
async def freeze_kafka(ground: Ground, chance: random.Random) -> None:
    """The broker stands still for some seconds, and does not know it afterwards."""
    async with ground.system.held("kafka"):
        ground.system.signal("kafka", signal.SIGSTOP)
        await asyncio.sleep(chance.choice([1, 2, 4, 8]))
        ground.system.signal("kafka", signal.SIGCONT)


@kind(weight=1)
async def wipe_kafka(ground: Ground, _chance: random.Random) -> None:
    """The broker comes back empty: the event logs fill it again."""
    async with ground.system.held("kafka"):
        await ground.system.wipe_kafka()
