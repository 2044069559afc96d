"""A reader in a process of its own that dies after its first commit, before it acknowledges.

python -m tests.support.reader_process DATABASE KAFKA TOPIC GROUP
"""

import asyncio
import os
import signal
import sys

from shared.database import make_engine, make_sessions
from shared.messaging import Handlers
from shared.messaging.reader import Reader
from tests.support.messaging import count, event_on


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def main(database_url: str, bootstrap_servers: str, topic: str, group: str) -> None:
    handlers = Handlers(group)
    handlers.on(event_on(topic), count)
    sessions = make_sessions(make_engine(database_url, "killed reader"))
    await Reader(handlers, sessions, bootstrap_servers, 10, committed=die).run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
