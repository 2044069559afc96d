"""Writing rows: one that somebody may have written before, or many at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import literal
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.tables import Base
from shared.errors import Conflict
from shared.messaging import UnitOfWork


async def add_row(session: AsyncSession, row: Base, taken: Conflict) -> None:
    """Insert the row; raises `taken` where one of its unique keys is used already."""
    statement = insert(type(row)).values(**row.model_dump()).on_conflict_do_nothing().returning(literal(1))
    if (await session.execute(statement)).first() is None:
        raise taken


async def copy_rows(uow: UnitOfWork, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows at once, a value for each column but those that the database counts itself.

    The rows are plain: making a SQLModel object of each takes ten times as long as the insert.
    """
    if not rows:
        return
    columns = list(table.metadata.tables[str(table.__tablename__)].columns)
    names = [column.name for column in columns if column.identity is None]
    await uow.copy(str(table.__tablename__), names, [tuple(row[name] for name in names) for row in rows])
