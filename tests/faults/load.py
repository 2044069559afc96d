"""Several clients at once, who tell their stories for as long as the campaign lasts."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2

from deploy.audit import Finding, Promise
from tests.faults.auditing import found
from tests.faults.chance import drawn_from
from tests.faults.client import Gate, PersistentClient
from tests.faults.stories import Storyteller
from tests.faults.system import FaultySystem

REQUEST_SECONDS = 15.0
PAUSE_SECONDS = 0.4
"""Between stories: the machine has work to do beside this."""


class Load:
    """The clients; what went wrong with one of them is a finding."""

    def __init__(self, system: FaultySystem, http: httpx2.AsyncClient, seed: int, clients: int) -> None:
        self.gate = Gate()
        self.findings: list[Finding] = []
        self.tellers = [
            Storyteller(
                PersistentClient(
                    f"seed {seed} client {number}",
                    system.urls,
                    http,
                    gate=self.gate,
                    chance=drawn_from(seed, "repeats", number),
                ),
                drawn_from(seed, "stories", number),
            )
            for number in range(clients)
        ]

    @property
    def promises(self) -> list[Promise]:
        """Every fact that any answer promised."""
        return [promise for teller in self.tellers for promise in teller.client.promises]

    @property
    def counted(self) -> Counter[str]:
        """How many commands and repeats there were, and stories."""
        total = Counter({"stories": sum(teller.told for teller in self.tellers)})
        for teller in self.tellers:
            total.update(teller.client.counted)
        return total

    async def run_one(self, teller: Storyteller) -> None:
        """Tell stories until cancelled; a refusal that no story calls for ends this client."""
        try:
            while True:
                await teller.tell()
                await asyncio.sleep(teller.chance.uniform(0, 2 * PAUSE_SECONDS))
        except Exception as error:
            self.findings.append(found("load", teller.client.name, f"{type(error).__name__}: {error}"[:2000]))


@asynccontextmanager
async def load(system: FaultySystem, seed: int, clients: int) -> AsyncIterator[Load]:
    """Clients under way for as long as the block lasts."""
    async with httpx2.AsyncClient(timeout=REQUEST_SECONDS, trust_env=False) as http:
        clients_of = Load(system, http, seed, clients)
        tasks = [asyncio.create_task(clients_of.run_one(teller)) for teller in clients_of.tellers]
        try:
            yield clients_of
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
