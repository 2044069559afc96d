"""Connections to a service's own database, and transactions on them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import asyncpg.exceptions
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm.exc import StaleDataError

Sessions: TypeAlias = async_sessionmaker[AsyncSession]

CONNECTIONS = 10
CONNECT_SECONDS = 10
TRIES_TO_OPEN = 3
ANSWER_SECONDS = 5.0
"""How much longer than a statement may take it is waited for: a server that has vanished sends no answer."""
IDLE_IN_TRANSACTION = "60s"
"""A process that stands still inside a transaction gives its locks back: the server cuts its connection."""
ONE_MOMENT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def make_engine(
    database_url: str,
    application_name: str,
    *,
    timeout_seconds: int | None = None,
    connections: int = CONNECTIONS,
) -> AsyncEngine:
    """A bounded pool of connections to one database; its name shows in pg_stat_activity.

    `timeout_seconds` bounds every statement on its connections, so that a transaction with the same bound
    need not ask for it.
    """
    waits: dict[str, float] = {"timeout": CONNECT_SECONDS}
    settings = {
        "application_name": application_name,
        "timezone": "UTC",
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION,
    }
    if timeout_seconds is not None:
        settings["statement_timeout"] = f"{timeout_seconds:d}s"
        waits["command_timeout"] = timeout_seconds + ANSWER_SECONDS
    engine = create_async_engine(
        database_url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=10,
        hide_parameters=True,
        connect_args={"server_settings": settings, **waits},
        execution_options={"timeout_seconds": timeout_seconds},
    )
    event.listen(engine.sync_engine, "checkout", _refuse_closed)
    return engine


def _refuse_closed(connection: Any, _record: object, _proxy: object) -> None:
    """Have the pool replace a connection that the server has closed: its socket says so unasked."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError


def make_sessions(engine: AsyncEngine) -> Sessions:
    """Sessions that keep what they loaded readable after the commit."""
    return async_sessionmaker(engine, expire_on_commit=False, autoflush=False)


@asynccontextmanager
async def transaction(
    sessions: Sessions, *, timeout_seconds: int, read_only: bool = False
) -> AsyncIterator[AsyncSession]:
    """One transaction, open before anything is done in it, that bounds the time of each statement; commits.

    One that only reads sees everything as it stood at one moment.
    """
    async with await _begun(sessions, timeout_seconds, ONE_MOMENT if read_only else {}) as session:
        yield session
        await session.commit()


async def _begun(sessions: Sessions, timeout_seconds: int, options: dict[str, Any]) -> AsyncSession:
    """A session whose transaction stands on the server; a connection found cut is replaced by a new one."""
    for tries_left in reversed(range(TRIES_TO_OPEN)):
        session = sessions()
        try:
            await _open(await session.connection(execution_options=options), timeout_seconds)
        except _CutError as cut:
            await session.close()
            if not tries_left:
                raise cut.cause from None
        except BaseException:
            await session.close()
            raise
        else:
            return session
    raise AssertionError


class _CutError(Exception):
    """Not even BEGIN could be sent on a connection."""

    def __init__(self, cause: BaseException) -> None:
        self.cause = cause


async def _open(connection: AsyncConnection, timeout_seconds: int) -> None:
    """Send BEGIN now, which also proves that the connection lives.

    SQLAlchemy would send it with the first statement: a cut connection would then be found in the middle of
    a command, and raw access to the driver before it would run outside the transaction.
    """
    raw: Any = await connection.get_raw_connection()
    try:
        await raw.dbapi_connection._start_transaction()  # noqa: SLF001 - has no public name
    except Exception as error:
        await connection.invalidate()
        raise _CutError(error.__cause__ or error) from None
    if connection.sync_engine.get_execution_options().get("timeout_seconds") != timeout_seconds:
        await connection.execute(text(f"SET LOCAL statement_timeout = '{timeout_seconds:d}s'"))


# InternalClientError is what the driver says of a connection that the server is just closing: "another
# operation is in progress", "connection is closed".
TRANSIENT_CAUSES = (
    asyncpg.exceptions.SerializationError,
    asyncpg.exceptions.DeadlockDetectedError,
    asyncpg.exceptions.QueryCanceledError,
    asyncpg.exceptions.LockNotAvailableError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.InsufficientResourcesError,
    asyncpg.exceptions.PostgresConnectionError,
    asyncpg.exceptions.InternalClientError,
    ConnectionError,
    TimeoutError,
    OSError,
)


def driver_error(error: BaseException) -> BaseException:
    """The database driver's own error below SQLAlchemy's, or the error itself."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return error.orig.__cause__ or error.orig
    return error


def is_transient(error: BaseException) -> bool:
    """Whether trying the same again later may succeed: the network, a deadlock, a full or stopped server."""
    if isinstance(error, PoolTimeout | OperationalError | InterfaceError):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(driver_error(error), TRANSIENT_CAUSES)


def is_unusable_value(error: BaseException) -> bool:
    """Whether a value was refused that no column of its type can hold: NUL, a number or date out of range."""
    return isinstance(driver_error(error), asyncpg.exceptions.DataError)


def another_came_between(error: BaseException) -> bool:
    """Whether somebody else wrote the same first: run again from the load, the rules will answer.

    Two writers of one aggregate meet at the sequence of its events, two of one new id at its key.
    """
    unique = asyncpg.exceptions.UniqueViolationError
    return isinstance(error, StaleDataError) or isinstance(driver_error(error), unique)
