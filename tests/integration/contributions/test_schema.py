from pathlib import Path

import asyncpg
import pytest

from services.contributions.tables import Base
from tests.support.contributions_service import a_pot
from tests.support.databases import create_database, drop_database
from tests.support.schema import assert_schema_matches
from tests.support.services import ServiceUnderTest


async def test_the_migrated_schema_is_that_of_the_tables(contributions: ServiceUnderTest) -> None:
    await assert_schema_matches(contributions, Base)


@pytest.mark.parametrize("change", ["UPDATE ledger_entry SET party = 'x'", "DELETE FROM ledger_entry"])
async def test_the_running_service_cannot_change_the_ledger(
    contributions: ServiceUnderTest, change: str
) -> None:
    await a_pot(contributions, "one", 100_00)

    with pytest.raises(Exception, match="permission denied"):
        await contributions.rows(change)


@pytest.mark.parametrize(
    "change",
    ["UPDATE ledger_entry SET party = 'x'", "DELETE FROM ledger_entry", "TRUNCATE ledger_entry"],
)
async def test_not_even_the_owner_changes_the_ledger(postgres_url: str, tmp_path: Path, change: str) -> None:
    del tmp_path
    _, owner_url = await create_database(postgres_url, "contributions")
    connection = await asyncpg.connect(owner_url.replace("+asyncpg", ""))
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="only grows"):
            await connection.execute(change)
    finally:
        await connection.close()
        await drop_database(postgres_url, owner_url)


async def test_the_database_refuses_entries_that_do_not_balance(contributions: ServiceUnderTest) -> None:
    pot_id = await a_pot(contributions, "one", 100_00)

    with pytest.raises(Exception, match="do not add up to zero"):
        await contributions.rows(
            "INSERT INTO ledger_entry (movement_id, kind, pot_id, account, amount_pence, cause, cause_id, "
            "actor, recorded_at) VALUES (:pot, 'receipt', :pot, 'available', 1, 'event', :pot, 'x', now()) "
            "RETURNING 1",
            pot=pot_id,
        )


async def test_the_database_refuses_a_pot_that_loses_a_penny(contributions: ServiceUnderTest) -> None:
    await a_pot(contributions, "one", 100_00)

    with pytest.raises(Exception, match="pot_accounts_for_every_penny"):
        await contributions.rows("UPDATE pot SET available_pence = available_pence - 1 RETURNING 1")
