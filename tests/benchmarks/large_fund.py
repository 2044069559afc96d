"""A fund of the size of the largest council, written by SQL: 1,500 agreements, 20,000 entries, ten years."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import text

from services.contributions.repository.accounts import COLUMNS, balances_of_entries
from tests.benchmarks.fixtures import forget_used_databases
from tests.support import events as told
from tests.support.services import service_under_test

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.benchmarks.rows import Servers
    from tests.support.services import ServiceUnderTest

AGREEMENTS, GRANTED, YEARS = 1_500, 1_420, 10
FIRST_YEAR = 2016
PURPOSES = ["green-infrastructure", "carbon-offset", "highways", "education", "monitoring-fees"]
FILL = (
    """
    INSERT INTO agreement (id, organisation, reference, name, planning_application, kind, deed_on,
                           document_url, version)
    SELECT gen_random_uuid(), :organisation, 'D' || n, 'Development ' || n, '19/' || n || '/FUL',
           'section_106', date '2016-04-01' + n % 3500, 'https://planning.example/' || n, 1
    FROM generate_series(1, :agreements) AS n
    """,
    """
    INSERT INTO obligation (id, agreement_id, reference, purpose, allowed_purposes, amount_pence, wards,
                            trigger, trigger_met_on)
    SELECT gen_random_uuid(), id, reference || '-C1', (CAST(:purposes AS text[]))[1 + version_of % 5], '{}',
           10000000 + version_of * 101, ARRAY['W' || version_of % 20], 'First occupation', deed_on + 30
    FROM (SELECT *, row_number() OVER (ORDER BY reference) AS version_of FROM agreement) a
    """,
    f"""
    INSERT INTO pot (id, obligation_id, organisation, spendable_on, purpose, wards, received_on, spend_by_on,
                     opened_by, {", ".join(COLUMNS)})
    SELECT gen_random_uuid(), o.id, :organisation, ARRAY[o.purpose], o.purpose, o.wards, trigger_met_on + 40,
           trigger_met_on + 2000, 'receipt', {", ".join("0" for _ in COLUMNS)}
    FROM obligation o
    """,  # noqa: S608 - only names of columns
    """
    INSERT INTO grant_funding (application_id, organisation, reference, grantee, version)
    SELECT gen_random_uuid(), :organisation, 'G' || n, 'Hall ' || n, 1 FROM generate_series(1, 400) AS n
    """,
    """
    INSERT INTO ledger_entry (movement_id, kind, pot_id, account, amount_pence, party, application_id,
                              happened_on, cause, cause_id, actor, recorded_at, booked_on)
    SELECT movement_id, kind, pot_id, account, sign * pence, NULL, application_id, day, 'command',
           movement_id, 'benchmark', now(), day
    FROM (
        SELECT gen_random_uuid() AS movement_id, m.kind, p.id AS pot_id, m.source, m.target,
               CASE WHEN m.kind = 'receipt' THEN p.amount_pence ELSE p.amount_pence / 2 END AS pence,
               CASE WHEN m.kind = 'receipt' THEN NULL ELSE g.application_id END AS application_id,
               p.received_on + m.days AS day
        FROM (SELECT pot.*, o.amount_pence, row_number() OVER (ORDER BY pot.id) AS n
              FROM pot JOIN obligation o ON o.id = pot.obligation_id) p
        JOIN (SELECT application_id, row_number() OVER (ORDER BY application_id) AS n FROM grant_funding) g
          ON g.n = 1 + p.n % 400
        JOIN (VALUES ('receipt', 'received', 'available', 0), ('reservation', 'available', 'reserved', 60),
                     ('commitment', 'reserved', 'committed', 90),
                     ('payment_request', 'committed', 'payment_requested', 300),
                     ('payment_approval', 'payment_requested', 'payment_approved', 310),
                     ('payment', 'payment_approved', 'paid', 320),
                     ('interest', 'interest_earned', 'available', 400)
             ) AS m(kind, source, target, days) ON m.kind = 'receipt' OR p.n <= :granted
    ) moved
    CROSS JOIN LATERAL (VALUES (source, -1), (target, 1)) AS side(account, sign)
    """,
    f"""
    UPDATE pot SET {", ".join(f"{name} = e.{name.removesuffix('_pence')}" for name in COLUMNS)}
    FROM (SELECT pot_id, {balances_of_entries()} FROM ledger_entry GROUP BY pot_id) e WHERE e.pot_id = pot.id
    """,  # noqa: S608 - only names of columns
)


@asynccontextmanager
async def large_fund(servers: Servers) -> AsyncIterator[ServiceUnderTest]:
    """The contributions service with this fund; its organisation is Islington."""
    values = {
        "organisation": told.ISLINGTON,
        "agreements": AGREEMENTS,
        "granted": GRANTED,
        "purposes": PURPOSES,
    }
    with TemporaryDirectory() as files:
        forget_used_databases()
        async with service_under_test(servers.postgres_url, "contributions", Path(files)) as service:
            async with service.service.sessions.begin() as session:
                for statement in FILL:
                    named = {name: value for name, value in values.items() if f":{name}" in statement}
                    await session.execute(text(statement), named)
            yield service
