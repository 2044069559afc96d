"""The rebuild of the portal's read model, in a process of its own as an operator would run it.

python -m tests.benchmarks.rebuilding_side DATABASE KAFKA TOPICS
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import redirect_stdout
from dataclasses import asdict
from typing import TYPE_CHECKING

import uvloop

from services.portal.projections import subscribe
from services.portal.rebuild import SHADOW
from shared.messaging import Handlers
from shared.messaging.rebuild import Rebuild
from shared.observability import configure_logging

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shared.messaging.rebuild import Rebuilt


async def rebuild(database_url: str, kafka: str, topics: Mapping[str, str]) -> Rebuilt:
    """From topics that stand for the fund's, named here by the fund's names for them."""
    handlers = Handlers("portal")
    subscribe(handlers)
    handlers.types = {
        name: type(event.__name__, (event,), {"topic": topics[event.topic], "__module__": __name__})
        for name, event in handlers.types.items()
    }
    return await Rebuild(handlers, SHADOW, database_url, kafka).run()


if __name__ == "__main__":
    with redirect_stdout(sys.stderr):
        configure_logging("benchmarks", "WARNING")
    database, bootstrap_servers, named = sys.argv[1:]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        rebuilt = runner.run(rebuild(database, bootstrap_servers, json.loads(named)))
    sys.stdout.write(json.dumps(asdict(rebuilt)))
