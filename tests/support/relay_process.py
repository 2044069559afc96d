"""A relay in a process of its own, to be killed: python -m tests.support.relay_process DATABASE KAFKA."""

import asyncio
import sys

from shared.messaging.relay import Relay

if __name__ == "__main__":
    asyncio.run(Relay("tests", sys.argv[1], sys.argv[2]).run())
