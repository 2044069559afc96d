"""Writing rows: one that somebody may have written before, a few by one statement, or very many at once."""

import functools
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, literal, text
from sqlalchemy.dialects import postgresql
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


async def add_rows(session: AsyncSession, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows by one statement, a value for each column but those that the database counts itself."""
    if rows:
        await session.execute(text(insert_of(table)), columns_of(table, rows))


async def copy_rows(uow: UnitOfWork, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert very many rows by COPY, which takes columns of lists too.

    The rows are plain: making a SQLModel object of each takes ten times as long as the insert.
    """
    if not rows:
        return
    names = _names(_table(table))
    await uow.copy(str(table.__tablename__), names, [tuple(row[name] for name in names) for row in rows])


def columns_of(table: type[Base], rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """What `insert_of` the table needs: a list for each column."""
    its = _table(table)
    return {f"{its.name}_{name}": [row[name] for row in rows] for name in _names(its)}


@functools.cache
def insert_of(table: type[Base]) -> str:
    """SQL that inserts many rows, whose values come as a list for each column."""
    its = _table(table)
    lists = (f"CAST(:{its.name}_{name} AS {_type(its, name)}[])" for name in _names(its))
    return f"INSERT INTO {its.name} ({', '.join(_names(its))}) SELECT * FROM unnest({', '.join(lists)})"  # noqa: S608 - only names of columns


def _type(table: Table, name: str) -> str:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    return table.columns[name].type.compile(dialect=dialect)


def _table(table: type[Base]) -> Table:
    return table.metadata.tables[str(table.__tablename__)]


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.identity is None]
