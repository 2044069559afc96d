"""A handful of faults over the whole running system; the long campaign is `python -m tests.faults`."""

import time

from deploy.audit import describe
from tests.faults.campaign import campaign
from tests.faults.plan import plan

KINDS = (
    "kill_relay_between_send_and_delete",
    "kill_reader_between_commit_and_acknowledge",
    "cut_connections",
    "poison",
    "duplicate_records",
)
SEED = 4
ENOUGH_SECONDS = 12


async def test_nothing_is_lost_and_nothing_happens_twice_under_a_handful_of_faults() -> None:
    async with campaign(SEED, clients=2) as running:
        outcome = await running.run(plan(SEED, 5, KINDS), time.monotonic() + ENOUGH_SECONDS)

    assert outcome.findings == [], describe(outcome.findings)
    assert outcome.faults > 0
    assert outcome.promises > 0
