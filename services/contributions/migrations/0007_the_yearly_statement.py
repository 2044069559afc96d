"""What counted of reported transactions, and what the council publishes."""

import json
from datetime import date
from typing import Any

from alembic import op
from sqlalchemy import text

from services.contributions.domain.open_data.rows import read_transaction
from services.contributions.domain.open_data.table import TableRow

revision = "contributions_0007"
down_revision = "contributions_0006"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE reported_transaction (
        import_id uuid NOT NULL,
        number integer NOT NULL,
        obligation_id uuid NOT NULL REFERENCES obligation (id),
        reference text NOT NULL,
        status text NOT NULL CHECK (status IN ('secured', 'received', 'allocated', 'transferred', 'spent',
                                               'returned')),
        amount_pence bigint,
        units integer,
        notes text NOT NULL,
        entered_on date,
        started_on date,
        ended_on date,
        counted_on date NOT NULL,
        PRIMARY KEY (import_id, number)
    )
    """,
    "COMMENT ON TABLE reported_transaction IS 'append-only: what counted is kept as it counted'",
    "CREATE INDEX reported_transaction_of_obligation ON reported_transaction (obligation_id)",
    """
    CREATE TABLE publishing (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        organisation text NOT NULL,
        published_as text NOT NULL,
        carbon_purpose text NOT NULL,
        lists_returned boolean NOT NULL,
        decided_by text NOT NULL,
        decided_at timestamptz NOT NULL
    )
    """,
    "COMMENT ON TABLE publishing IS 'append-only: who decided what to publish, and when'",
    """
    CREATE TABLE open_data_edition (
        id uuid PRIMARY KEY,
        published_on date NOT NULL,
        published_by text NOT NULL,
        published_at timestamptz NOT NULL,
        agreements integer NOT NULL CHECK (agreements >= 0),
        contributions integer NOT NULL CHECK (contributions >= 0),
        transactions integer NOT NULL CHECK (transactions >= 0),
        remarks integer NOT NULL CHECK (remarks >= 0)
    )
    """,
    "COMMENT ON TABLE open_data_edition IS 'append-only: what was published when by whom'",
    "CREATE INDEX open_data_edition_newest ON open_data_edition (published_at DESC)",
    """
    CREATE TABLE open_data_file (
        edition_id uuid NOT NULL REFERENCES open_data_edition (id),
        form text NOT NULL CHECK (form IN ('2026', '2019')),
        dataset text NOT NULL CHECK (dataset IN ('developer-agreement', 'developer-agreement-contribution',
                                                 'developer-agreement-transaction')),
        content bytea NOT NULL,
        sha256 text NOT NULL,
        PRIMARY KEY (edition_id, form, dataset)
    )
    """,
    "COMMENT ON TABLE open_data_file IS 'append-only: the bytes that were published'",
)
COUNTED_BEFORE = text(
    """
    SELECT r.import_id, r.number, r.content, i.imported_at, o.id AS obligation_id
    FROM reported_row r JOIN open_data_import i ON i.id = r.import_id
    JOIN obligation o ON o.reference = CAST(r.content AS json) ->> 'developer-agreement-contribution'
    JOIN agreement a ON a.id = o.agreement_id AND a.organisation = r.organisation
    JOIN reported_position p ON p.obligation_id = o.id
    WHERE r.counted AND r.dataset = 'developer-agreement-transaction'
    """
)
COLUMNS = (
    "import_id",
    "number",
    "obligation_id",
    "reference",
    "status",
    "amount_pence",
    "units",
    "notes",
    "entered_on",
    "started_on",
    "ended_on",
    "counted_on",
)
ADD = text(
    f"INSERT INTO reported_transaction ({', '.join(COLUMNS)}) VALUES ({', '.join(f':{c}' for c in COLUMNS)}) "  # noqa: S608 - this module's own names
    "ON CONFLICT DO NOTHING"
)


def upgrade() -> None:
    """Rows of earlier imports are read again as they were then: their sums count in each year's figures."""
    for statement in STATEMENTS:
        op.execute(statement)
    connection = op.get_bind()
    rows = [_counted(row) for row in connection.execute(COUNTED_BEFORE)]
    if rows:
        connection.execute(ADD, rows)


def downgrade() -> None:
    """What was published is never dropped: restore a backup instead."""
    message = "The council has published from these tables; they are not dropped."
    raise RuntimeError(message)


def _counted(row: Any) -> dict[str, Any]:
    table_row = TableRow(row.number, (), json.loads(row.content), ())
    reported = read_transaction(table_row, date.max).row
    return {
        "import_id": row.import_id,
        "number": row.number,
        "obligation_id": row.obligation_id,
        "reference": reported.reference,
        "status": reported.status,
        "amount_pence": reported.amount_pence,
        "units": reported.units,
        "notes": table_row.cell("notes"),
        "entered_on": reported.entry_on,
        "started_on": reported.start_on,
        "ended_on": reported.end_on,
        "counted_on": reported.start_on or reported.entry_on or row.imported_at.date(),
    }
