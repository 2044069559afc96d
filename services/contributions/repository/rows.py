"""Writing rows: one that somebody may have written before, or many at once."""

from collections.abc import Sequence

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


async def copy_rows(uow: UnitOfWork, rows: Sequence[Base]) -> None:
    """Insert many rows of one table at once; columns that the database counts itself are left out."""
    if not rows:
        return
    table = type(rows[0]).metadata.tables[str(type(rows[0]).__tablename__)]
    columns = [column.name for column in table.columns if column.identity is None]
    values = [tuple(getattr(row, column) for column in columns) for row in rows]
    await uow.copy(table.name, columns, values)
