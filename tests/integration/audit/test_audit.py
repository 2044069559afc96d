"""The auditor is content with a council in which all is right, and finds each fault that is planted in it.

One file, so that the council's story is told once: every planted fault is rolled back.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

import asyncpg
import pytest

from deploy.audit import Finding, Promise, audit, describe, is_quiet
from deploy.audit.copies import Copy, copies_are_true
from deploy.audit.effects import EFFECTS, OWN
from deploy.audit.handled import ALL, CONSEQUENCES, HANDLED, ONCE
from deploy.audit.projections import PROJECTIONS
from deploy.audit.quiet import _in_databases
from deploy.audit.snapshot import Snapshot
from shared.events import EVENTS
from shared.messaging import Handlers
from tests.integration.audit.conftest import Books
from tests.integration.audit.planted import CLOSED, MESSAGES, MONEY, Planted

COPIES = (*EFFECTS, *OWN, *PROJECTIONS)
TOLD = {
    "told_received_pence": "received_pence",
    "told_purpose": "purpose",
    "told_pence": "amount_pence",
    "told_kind": "kind",
    "told_developer": "developer",
}
ALTERED = {
    "text": "coalesce({0}, '') || '!'",
    "uuid": "gen_random_uuid()",
    "date": "coalesce({0}, date '2000-01-01') + 1",
    "timestamp with time zone": "{0} + interval '1 second'",
    "boolean": "NOT coalesce({0}, false)",
    "jsonb": "'{{}}'",
    "ARRAY": "{0} || {0}[1]",
}
NUMBER = "coalesce({0}, 0) + 1000"
TYPES = "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = $1"
NOT_OF_EVENTS = {"progress.projected_at"}
HAPPEN_AGAIN = {
    "boundary.declared.v1",
    "agreement.people_erased.v1",
    "funds.redrawn.v1",
    "obligation.spending_stated.v1",
}
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


async def test_it_is_content_with_a_council_in_which_all_is_right(books: Books) -> None:
    findings = await audit(books.urls)

    assert findings == [], describe(findings)
    assert await is_quiet(books.urls) == []
    assert describe(findings) == "The books are right: nothing was found."


@pytest.mark.parametrize("planted", [*MONEY, *CLOSED, *MESSAGES], ids=lambda planted: planted.name)
async def test_it_finds(books: Books, planted: Planted) -> None:
    findings = await books.findings(planted.service, planted.sql)

    assert {finding.check for finding in findings} == set(planted.checks.split()), describe(findings)


async def test_a_finding_names_the_key_and_the_figures(books: Books) -> None:
    [(pot_id, available_pence)] = await books.connections["contributions"].fetch(
        "SELECT id, available_pence FROM pot ORDER BY id::text LIMIT 1"
    )
    findings = await books.findings(
        "contributions",
        "UPDATE pot SET available_pence = available_pence + 7"
        " WHERE id = (SELECT min(id::text)::uuid FROM pot)",
    )

    [own] = [finding for finding in findings if finding.check == "pot_balance"]
    assert own == Finding(
        check="pot_balance",
        where=f"contributions pot {pot_id} available",
        message=f"The pot says {available_pence + 7} pence; its entries add up to {available_pence}.",
    )
    assert f"  {own.where}: {own.message}" in describe(findings)


async def test_a_promise_is_kept_only_by_the_very_event(books: Books) -> None:
    [row] = await books.connections["monitoring"].fetch(
        "SELECT topic, key, sequence FROM event_log ORDER BY position LIMIT 1"
    )
    kept = Promise(service="monitoring", **dict(row))
    broken = dataclasses.replace(kept, sequence=99)

    findings = await audit(books.urls, promises=[kept, broken])

    assert [finding.check for finding in findings] == ["promise"]
    assert "sequence 99" in findings[0].message


@pytest.mark.parametrize(
    ("service", "sql", "said"),
    [
        ("applications", "INSERT INTO outbox SELECT max(position) FROM event_log", "1 events in the outbox"),
        ("portal", "DELETE FROM inbox", "events not taken in yet"),
        (
            "contributions",
            (
                "INSERT INTO parked_event"
                " (topic, key, record_partition, record_offset, headers, kind, reason)"
                " VALUES ('a topic', 'a key', 1, 2, '{}', 'waiting', 'for another')"
            ),
            "1 events waiting for another",
        ),
    ],
)
async def test_it_is_not_quiet_while_something_is_under_way(
    books: Books, service: str, sql: str, said: str
) -> None:
    async with books.planted(service, sql) as snapshot:
        moving, _ = await _in_databases(snapshot)

    assert len(moving) == 1
    assert moving[0].startswith(f"{service}: ")
    assert moving[0].endswith(said)


async def test_a_database_that_is_away_is_not_quiet() -> None:
    nowhere: dict[str, Any] = {"portal": "postgresql+asyncpg://nobody:no@127.0.0.1:1/nothing"}

    [said] = await is_quiet(nowhere)

    assert said.startswith("A database does not answer")


def named(copy: Copy) -> str:
    return f"{copy.reader} {copy.table} from {' or '.join(copy.events)}"[:90]


@pytest.mark.parametrize("copy", COPIES, ids=named)
async def test_each_row_is_missed_and_each_column_compared(books: Books, copy: Copy) -> None:
    connection = books.connections[copy.reader]
    types: dict[str, str] = dict(await connection.fetch(TYPES, copy.table))
    async with books.planted(copy.reader) as snapshot:
        await snapshot.load()
        assert await copies_are_true(snapshot, [copy]) == []

        for statement, words in statements(copy, types):
            findings = await found_after(connection, snapshot, copy, statement)
            assert findings, f"nothing was found after {statement}"
            assert {each.check for each in findings} == {copy.check}
            assert any(words in each.message for each in findings), describe(findings)


def statements(copy: Copy, types: dict[str, str]) -> Iterator[tuple[str, str]]:
    """A deletion and an alteration of each column, of one row that such an event filled; and what is said.

    What a copy's query takes from another table is altered in test_audit.
    """
    places = [name for name in copy.key if name in types]
    key = ", ".join(places)
    filled = f" WHERE {copy.filled} IS NOT NULL" if copy.filled else ""
    one = f"WHERE ({key}) IN (SELECT {key} FROM ({copy.sql}) r{filled} LIMIT 1)"  # noqa: S608 - as below
    yield f"DELETE FROM {copy.table} {one}", "There is no such row"  # noqa: S608 - names of the auditor
    for told in sorted(copy.columns):
        column = TOLD.get(told, told)
        if column not in types:
            continue
        altered = ALTERED.get(types[column], NUMBER).format(column)
        words = "no such row" if told in copy.key else f"{told} is "
        if copy.rows and column in {"state", "kind"}:
            words = ""
        yield f"UPDATE {copy.table} SET {column} = {altered} {one}", words  # noqa: S608 - as above


async def found_after(
    connection: asyncpg.Connection, snapshot: Snapshot, copy: Copy, statement: str
) -> Sequence[Finding]:
    savepoint = connection.transaction()
    await savepoint.start()
    try:
        changed = await connection.execute(statement)
        assert not changed.endswith(" 0"), f"the council's story has no row for {named(copy)}: {statement}"
        snapshot._results.clear()
        return await copies_are_true(snapshot, [copy])
    finally:
        await savepoint.rollback()


async def test_every_column_of_every_projection_is_compared(books: Books) -> None:
    rows = await books.connections["portal"].fetch(
        "SELECT c.table_name, c.column_name FROM information_schema.columns c"
        " JOIN information_schema.tables t USING (table_schema, table_name)"
        " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
    )
    compared = {
        f"{copy.table}.{column}"
        for copy in PROJECTIONS
        if copy.reader == "portal"
        for column in (*copy.columns, copy.filled)
    }

    left_out = {
        f"{table}.{column}" for table, column in rows if table not in MESSAGING | {"sign_in_session"}
    } - compared

    assert left_out == NOT_OF_EVENTS, "say in deploy/audit/projections which event fills these columns"


def test_it_knows_who_handles_what_and_every_fact() -> None:
    handled = {}
    for service in HANDLED:
        handlers = Handlers(service)
        place = "projections" if service == "portal" else "subscribers"
        import_module(f"services.{service}.{place}").subscribe(handlers)
        handled[service] = frozenset(handlers.types)

    assert handled == HANDLED
    assert {event.name for event in EVENTS} == ALL
    assert ONCE.keys() == ALL - HAPPEN_AGAIN
    assert all(each.cause in HANDLED[each.reader] for each in CONSEQUENCES)
    assert {name for copy in COPIES for name in copy.events} == ALL
