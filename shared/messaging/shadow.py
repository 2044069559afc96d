"""The shadow of a read model: empty copies of its tables, and the statements that carry their rows over."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Table, text
from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class Shadow:
    """Temporary tables of one connection; `untold` names columns that may differ without being wrong.

    `behind` is a query for how much of the real read model the shadow lacks: where it is not 0, Kafka does
    not hold (any more, or yet) what the read model was made from, and swapping would lose it.
    """

    tables: Sequence[Table]
    behind: str
    untold: frozenset[str] = frozenset()

    async def create(self, session: AsyncSession) -> None:
        """Make the empty shadows; they stand before the real tables in the names of this connection."""
        await session.execute(text("SET temp_buffers = '128MB'"))
        for table in self.tables:
            key = ", ".join(column.name for column in table.primary_key)
            copy = f"CREATE TEMPORARY TABLE {table.name} (LIKE public.{table.name} INCLUDING CONSTRAINTS)"
            await session.execute(text(copy))
            await session.execute(text(f"ALTER TABLE pg_temp.{table.name} ADD PRIMARY KEY ({key})"))

    async def measure(self, session: AsyncSession) -> None:
        """Tell the planner how large the shadows have become; nobody else does for temporary tables."""
        for table in self.tables:
            await session.execute(text(f"ANALYZE pg_temp.{table.name}"))

    async def lock(self, session: AsyncSession) -> None:
        """Keep everybody from writing to the real tables until the transaction ends; reading goes on."""
        names = ", ".join(f"public.{table.name}" for table in self.tables)
        await session.execute(text(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE"))

    async def lacking(self, session: AsyncSession) -> int:
        """How much of what the real read model has seen the shadow has not."""
        return int(await session.scalar(text(self.behind)) or 0)

    async def carry_over(self, session: AsyncSession) -> tuple[int, int]:
        """Make the real tables equal to the shadows; answers how many rows were corrected and removed."""
        await session.execute(text("SET LOCAL work_mem = '128MB'"))  # compares whole tables in memory
        corrected = removed = 0
        for table in self.tables:
            removed += (await session.execute(text(_remove(table)))).rowcount  # type: ignore[attr-defined]
            corrected += (await session.execute(text(self._correct(table)))).rowcount  # type: ignore[attr-defined]
        return corrected, removed

    def _correct(self, table: Table) -> str:
        keys = [column.name for column in table.primary_key]
        names = [column.name for column in table.columns]
        told = ", ".join(name for name in names if name not in self.untold)
        changes = ", ".join(f"{name} = excluded.{name}" for name in names if name not in keys)
        return f"""
            INSERT INTO public.{table.name} ({", ".join(names)})
            SELECT {", ".join(f"shadow.{name}" for name in names)} FROM pg_temp.{table.name} shadow
            JOIN (SELECT {told} FROM pg_temp.{table.name} EXCEPT SELECT {told} FROM public.{table.name}) wrong
            USING ({", ".join(keys)})
            ON CONFLICT ({", ".join(keys)}) DO {f"UPDATE SET {changes}" if changes else "NOTHING"}
        """  # noqa: S608 - names come from tables.py


def _remove(table: Table) -> str:
    same = " AND ".join(f"shadow.{column.name} = old.{column.name}" for column in table.primary_key)
    return f"""
        DELETE FROM public.{table.name} old
        WHERE NOT EXISTS (SELECT 1 FROM pg_temp.{table.name} shadow WHERE {same})
    """  # noqa: S608 - names come from tables.py
