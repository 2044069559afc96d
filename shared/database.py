"""Connections to a service's own database, and transactions on them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias

import asyncpg.exceptions
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm.exc import StaleDataError

Sessions: TypeAlias = async_sessionmaker[AsyncSession]

CONNECTIONS = 10


def make_engine(database_url: str, application_name: str) -> AsyncEngine:
    """A bounded pool of connections to one database; its name shows in pg_stat_activity."""
    return create_async_engine(
        database_url,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=10,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"server_settings": {"application_name": application_name, "timezone": "UTC"}},
    )


def make_sessions(engine: AsyncEngine) -> Sessions:
    """Sessions that keep what they loaded readable after the commit."""
    return async_sessionmaker(engine, expire_on_commit=False, autoflush=False)


@asynccontextmanager
async def transaction(
    sessions: Sessions, *, timeout_seconds: int, read_only: bool = False
) -> AsyncIterator[AsyncSession]:
    """One transaction whose first statement bounds the time of all that follow; commits at its end.

    One that only reads sees everything as it stood at one moment.
    """
    async with sessions.begin() as session:
        await session.execute(text(f"SET LOCAL statement_timeout = '{timeout_seconds:d}s'"))
        if read_only:
            await session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        yield session


TRANSIENT_CAUSES = (
    asyncpg.exceptions.SerializationError,
    asyncpg.exceptions.DeadlockDetectedError,
    asyncpg.exceptions.QueryCanceledError,
    asyncpg.exceptions.LockNotAvailableError,
    asyncpg.exceptions.OperatorInterventionError,
    asyncpg.exceptions.InsufficientResourcesError,
    asyncpg.exceptions.PostgresConnectionError,
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
