"""Columns that one owner writes with one kind of fact, and the statement that writes many rows at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any, TypeAlias

from pydantic_core import to_json
from sqlalchemy import Table, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import TextClause
from sqlmodel import SQLModel

Values: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Columns of a table that one kind of fact fills; `sequence` names the column that remembers its number.

    A row that is absent is begun with its key alone; a fact older than the one that filled the columns
    changes nothing.
    """

    row: type[SQLModel]
    names: tuple[str, ...]
    sequence: str = "sequence"

    async def write(self, session: AsyncSession, rows: Iterable[Values]) -> None:
        """Write the newest values of each row by one statement, in the order of the keys."""
        place, number = itemgetter(*self.key, self.sequence), itemgetter(self.sequence)
        newest: dict[tuple[str, ...], Values] = {}
        for values in rows:
            key = tuple(map(str, place(values)[:-1]))
            known = newest.get(key)
            if known is None or number(known) <= number(values):
                newest[key] = values
        if newest:
            ordered = [newest[key] for key in sorted(newest)]
            await session.execute(_upsert(self), {"rows": to_json(ordered).decode()})

    @property
    def key(self) -> tuple[str, ...]:
        """The columns of the table's primary key."""
        return _key(self.row)

    @property
    def written(self) -> tuple[str, ...]:
        """All that a fact fills: the key, its own columns, and its number."""
        return tuple(dict.fromkeys([*self.key, *self.names, self.sequence]))


@cache
def _key(row: type[SQLModel]) -> tuple[str, ...]:
    return tuple(column.name for column in _table(row).primary_key)


def _table(row: type[SQLModel]) -> Table:
    table: Table = row.metadata.tables[str(row.__tablename__)]
    return table


@cache
def _upsert(columns: Columns) -> TextClause:
    table, key, written = _table(columns.row), columns.key, columns.written
    shape = ", ".join(f"{name} {_type(table, name)}" for name in written)
    names = ", ".join(written)
    changes = ", ".join(f"{name} = excluded.{name}" for name in written if name not in key)
    mark = f"{table.name}.{columns.sequence}"
    newer = f"{mark} IS NULL OR {mark} < excluded.{columns.sequence}"
    then = f"UPDATE SET {changes} WHERE {newer}" if changes else "NOTHING"
    return text(
        f"INSERT INTO {table.name} ({names}) "  # noqa: S608 - names come from tables.py
        f"SELECT {names} FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS fact({shape}) "
        f"ON CONFLICT ({', '.join(key)}) DO {then}"
    )


def _type(table: Table, name: str) -> str:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call] # SQLAlchemy gives it no types
    return str(table.columns[name].type.compile(dialect=dialect))
