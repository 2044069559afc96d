"""Whether a service's database is the right one, at the right level, reached with the right role."""

from datetime import UTC, datetime

import asyncpg

from shared.startup.migrations import migration_refusal

CONNECT_SECONDS = 10
CLOCK_SECONDS = 30.0
"""How far apart the clocks of a service and its database may be: tokens and dates of acts stand on them."""

LEVEL_TABLE = "SELECT to_regclass('public.alembic_version') IS NOT NULL"
ROLE = """
    SELECT rolname, rolsuper, EXISTS (
        SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
        AND pg_has_role(relowner, 'USAGE')
    ) AS owns FROM pg_roles WHERE rolname = current_user
"""


async def database_refusals(service: str, database_url: str) -> list[str]:
    """Why the service cannot work in this database, a sentence each; raises where the server is away."""
    try:
        connection = await asyncpg.connect(database_url.replace("+asyncpg", "", 1), timeout=CONNECT_SECONDS)
    except (
        asyncpg.InvalidAuthorizationSpecificationError,
        asyncpg.InvalidCatalogNameError,
        asyncpg.InsufficientPrivilegeError,
    ) as error:
        remedy = "Correct OFFSET_FUND_DATABASE_URL, or make the database and its role first."
        return [f"PostgreSQL does not let {service} in ({error}). {remedy}"]
    try:
        found = (await _role(connection), await _level(service, connection), await _clock(connection))
    finally:
        await connection.close(timeout=CONNECT_SECONDS)
    return [refusal for refusal in found if refusal is not None]


async def _role(connection: asyncpg.Connection) -> str | None:
    row = await connection.fetchrow(ROLE)
    if not (row["rolsuper"] or row["owns"]):
        return None
    why = "is a superuser" if row["rolsuper"] else "owns the tables"
    return (
        f"The role {row['rolname']} {why}, so nothing would keep the service from changing its event log. "
        "Name the running role in OFFSET_FUND_DATABASE_URL."
    )


async def _level(service: str, connection: asyncpg.Connection) -> str | None:
    if not await connection.fetchval(LEVEL_TABLE):
        return migration_refusal(service, ())
    rows = await connection.fetch("SELECT version_num FROM alembic_version")
    return migration_refusal(service, [row["version_num"] for row in rows])


async def _clock(connection: asyncpg.Connection) -> str | None:
    asked = datetime.now(UTC)
    theirs: datetime = await connection.fetchval("SELECT clock_timestamp()")
    return clock_refusal(asked + (datetime.now(UTC) - asked) / 2, theirs)


def clock_refusal(ours: datetime, theirs: datetime) -> str | None:
    """Why two clocks cannot work together, if they cannot."""
    seconds = (ours - theirs).total_seconds()
    if abs(seconds) <= CLOCK_SECONDS:
        return None
    direction = "ahead of" if seconds > 0 else "behind"
    return (
        f"The clock of this machine is {abs(seconds):.0f} s {direction} the database's. "
        "Set both by a time server: tokens and the dates of acts depend on them."
    )
