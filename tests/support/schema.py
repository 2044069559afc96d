"""Holds a migrated database against a service's tables.py: what is written twice must say the same."""

from typing import Any

from sqlalchemy import Column
from sqlalchemy.dialects import postgresql
from sqlmodel import SQLModel

from tests.support.services import ServiceUnderTest

MESSAGING = {
    "acknowledged_offset",
    "alembic_version",
    "answered_command",
    "blocked_event",
    "event_log",
    "inbox",
    "outbox",
    "parked_event",
    "parked_key",
    "refused_attempt",
}
MIGRATED = """
    SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type,
           NOT a.attnotnull AS nullable
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
"""
KEYS = """
    SELECT c.relname AS table, a.attname AS column FROM pg_index i
    JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
    WHERE i.indisprimary AND c.relnamespace = 'public'::regnamespace
"""
COMMENTS = """
    SELECT relname AS table, obj_description(oid, 'pg_class') AS comment FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
"""
SAME_TYPE = {"varchar": "text", "varchar[]": "text[]", "float": "double precision"}
"""SQLAlchemy's names on the left; text and varchar without a length are one type to PostgreSQL."""


async def assert_schema_matches(service: ServiceUnderTest, base: type[SQLModel]) -> None:
    """Tables, columns, types, nullability, primary keys and comments are those of the service's Base."""
    columns = {
        (row["table"], row["column"]): f"{_known(row['type'])}{' null' if row['nullable'] else ''}"
        for row in await _own_rows(service, MIGRATED)
    }
    keys = {(row["table"], row["column"]) for row in await _own_rows(service, KEYS)}
    comments = {row["table"]: row["comment"] for row in await _own_rows(service, COMMENTS)}
    tables = base.metadata.tables

    assert columns == {(name, c.name): _written(c) for name, table in tables.items() for c in table.columns}
    assert keys == {(name, c.name) for name, table in tables.items() for c in table.primary_key}
    assert comments == {name: table.comment for name, table in tables.items()}


async def _own_rows(service: ServiceUnderTest, sql: str) -> list[dict[str, Any]]:
    return [row for row in await service.rows(sql) if row["table"] not in MESSAGING]


def _written(column: "Column[Any]") -> str:
    name = column.type.compile(dialect=postgresql.dialect()).lower()  # type: ignore[no-untyped-call]
    return f"{_known(name)}{' null' if column.nullable else ''}"


def _known(type_name: str) -> str:
    plain = type_name.replace("character varying", "varchar")
    return SAME_TYPE.get(plain, plain)
