"""Faults in bursts under load; after each burst everything must be as if nothing had happened."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from deploy.audit import Finding
from deploy.local.databases import SERVICES
from deploy.local.progress import say
from deploy.local.state import CHECKOUT, State, state_folder
from deploy.local.temporary import temporary_state
from tests.faults.auditing import audited, found, wait_until_quiet
from tests.faults.chance import drawn_from
from tests.faults.client import PersistentClient
from tests.faults.kinds import KINDS, Ground
from tests.faults.kinds.poison import give_up_poison
from tests.faults.load import Load, load
from tests.faults.plan import Burst, Planned
from tests.faults.system import FaultySystem

BETWEEN_BURSTS_SECONDS = 0.5
DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


@dataclass(slots=True)
class Outcome:
    """What a campaign came to: seconds of each fault by kind, and what was found."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    audits: list[float] = field(default_factory=list)
    counted: Mapping[str, int] = field(default_factory=dict)
    promises: int = 0
    deadlocks: int = 0
    burst: Burst = ()

    @property
    def faults(self) -> int:
        """How many were injected."""
        return sum(map(len, self.seconds.values()))


@dataclass(slots=True)
class Campaign:
    """One run: the ground on which faults happen, the load on it, and the outcome so far."""

    ground: Ground
    load: Load
    outcome: Outcome = field(default_factory=Outcome)
    deadlocks_matter: bool = False

    async def run(self, bursts: Iterable[Burst], until: float) -> Outcome:
        """Burst after burst, up to the first finding or the moment (monotonic) when time is over."""
        for burst in bursts:
            if self.outcome.findings or time.monotonic() > until:
                break
            self.outcome.burst = burst
            await self._burst(burst)
        self.outcome.counted, self.outcome.promises = self.load.counted, len(self.load.promises)
        self.outcome.deadlocks = await self._deadlocks()
        return self.outcome

    async def _burst(self, burst: Burst) -> None:
        await asyncio.sleep(BETWEEN_BURSTS_SECONDS)
        failed = await asyncio.gather(*map(self._fault, burst), return_exceptions=True)
        self.outcome.findings += [
            found("campaign", planned.kind, f"could not be done: {type(error).__name__}: {error}")
            for planned, error in zip(burst, failed, strict=True)
            if error is not None
        ]
        started = time.monotonic()
        await self._look()
        self.outcome.audits.append(time.monotonic() - started)
        names = ", ".join(planned.kind for planned in burst)
        took = self.outcome.audits[-1]
        say(f"{self.outcome.faults:5} {names}; audited in {took:.1f} s; {dict(self.load.counted)}")

    async def _fault(self, planned: Planned) -> None:
        await asyncio.sleep(planned.after_seconds)
        started = time.monotonic()
        await KINDS[planned.kind].inject(self.ground, drawn_from(planned.seed))
        self.outcome.seconds.setdefault(planned.kind, []).append(time.monotonic() - started)

    async def _look(self) -> None:
        """The load pauses, what was poisoned is given up, and the auditor looks at the quiet system."""
        try:
            await self.load.gate.close()
        except TimeoutError:
            self.outcome.findings.append(found("load", "the clients", "requests are not answered"))
        if self.ground.poisoned:
            await wait_until_quiet(self.ground.system, apart_from="waiting for another")
            await give_up_poison(self.ground)
        self.outcome.findings += await audited(self.ground.system, self.load.promises)
        self.outcome.findings += self.load.findings
        if self.deadlocks_matter and (broken := await self._deadlocks()):
            self.outcome.findings.append(found("deadlocks", "PostgreSQL", f"{broken} were broken"))
        self.load.gate.open()

    async def _deadlocks(self) -> int:
        """How many deadlocks the databases broke since they last recovered from a crash."""
        total = 0
        for service in SERVICES:
            async with self.ground.system.superuser(service) as superuser:
                total += await superuser.fetchval(DEADLOCKS) or 0
        return total


@asynccontextmanager
async def campaign(
    seed: int, clients: int, plants: Mapping[str, str] | None = None
) -> AsyncIterator[Campaign]:
    """A running system of its own under load; its logs are kept where a finding was made."""
    async with (
        temporary_state() as state,
        FaultySystem(state, plants) as system,
        load(system, seed, clients) as under_load,
        httpx2.AsyncClient(timeout=15, trust_env=False) as http,
    ):
        running = Campaign(
            Ground(system, PersistentClient(f"operator {seed}", system.urls, http)), under_load
        )
        try:
            yield running
        finally:
            if running.outcome.findings:
                say(f"The logs are kept in {_keep_logs(state, seed)}")


def _keep_logs(state: State, seed: int) -> Path:
    kept = state_folder(CHECKOUT) / "campaigns" / f"{seed}-{int(time.time())}"
    shutil.copytree(state.logs, kept)
    return kept
