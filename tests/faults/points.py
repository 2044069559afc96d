"""Exact points at which a service kills itself when it is told to, put around the libraries it calls."""

import functools
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias

FOLDER_SETTING = "OFFSET_FUND_FAULTS_FOLDER"
BETWEEN_SEND_AND_DELETE = "between-send-and-delete"
BETWEEN_COMMIT_AND_ACKNOWLEDGE = "between-commit-and-acknowledge"
STATEMENTS = ("execute", "executemany", "fetch", "fetchrow", "fetchval")

Method: TypeAlias = Callable[..., Awaitable[Any]]


def flag(folder: Path, service: str, point: str) -> Path:
    """The file that tells a service to die at this point."""
    return folder / f"{service}.{point}"


def die_if_told(service: str, point: str) -> None:
    """End this process as kill -9 does, if a file says so; the first replica that comes by takes the file."""
    try:
        flag(Path(os.environ[FOLDER_SETTING]), service, point).unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def before(owner: Any, name: str, act: Callable[..., None]) -> None:
    """Do something before each call of a method."""
    original: Method = getattr(owner, name)

    @functools.wraps(original)
    async def method(*arguments: Any, **named: Any) -> Any:
        act(*arguments)
        return await original(*arguments, **named)

    setattr(owner, name, method)


def install(service: str) -> None:
    """Watch for the relay's delete from the outbox, and for the reader's acknowledgement to Kafka."""
    import asyncpg
    from aiokafka import AIOKafkaConsumer

    def deleting(_connection: Any, statement: str, *_arguments: Any) -> None:
        if "DELETE FROM outbox" in statement:
            die_if_told(service, BETWEEN_SEND_AND_DELETE)

    for name in STATEMENTS:
        before(asyncpg.Connection, name, deleting)
    before(AIOKafkaConsumer, "commit", lambda *_: die_if_told(service, BETWEEN_COMMIT_AND_ACKNOWLEDGE))
