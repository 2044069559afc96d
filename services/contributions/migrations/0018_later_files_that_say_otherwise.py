"""Rows that a later file says anew, what differs, and balances that were taken over and are less now."""

from alembic import op

revision = "contributions_0018"
down_revision = "contributions_0017"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE reported_row DROP CONSTRAINT reported_row_outcome_check",
    """
    ALTER TABLE reported_row ADD CONSTRAINT reported_row_outcome_check
    CHECK (outcome IN ('taken', 'mended', 'warned', 'changed', 'repeated', 'refused'))
    """,
    "ALTER TABLE reported_row ADD COLUMN edition integer NOT NULL DEFAULT 1 CHECK (edition > 0)",
    "ALTER TABLE reported_row ALTER COLUMN edition DROP DEFAULT",
    "DROP INDEX reported_row_counts_once",
    """
    CREATE UNIQUE INDEX reported_row_counts_once ON reported_row (organisation, dataset, reference, edition)
    WHERE counted
    """,
    """
    CREATE VIEW counted_row AS
    SELECT DISTINCT ON (organisation, dataset, reference) * FROM reported_row WHERE counted
    ORDER BY organisation, dataset, reference, edition DESC
    """,
    "ALTER TABLE reported_transaction ADD COLUMN edition integer NOT NULL DEFAULT 1 CHECK (edition > 0)",
    "ALTER TABLE reported_transaction ALTER COLUMN edition DROP DEFAULT",
    """
    CREATE VIEW counted_transaction AS
    SELECT DISTINCT ON (obligation_id, reference) * FROM reported_transaction
    ORDER BY obligation_id, reference, edition DESC
    """,
    """
    CREATE TABLE import_difference (
        draft_id uuid NOT NULL REFERENCES import_draft (id),
        number integer NOT NULL,
        kind text NOT NULL CHECK (kind IN ('added', 'changed', 'missing')),
        dataset text NOT NULL,
        reference text NOT NULL,
        field text NOT NULL,
        before text NOT NULL,
        after text NOT NULL,
        PRIMARY KEY (draft_id, number),
        CHECK ((kind = 'changed') = (field <> ''))
    )
    """,
    "ALTER TABLE import_draft ADD COLUMN takes_changes boolean NOT NULL DEFAULT false",
    "ALTER TABLE import_draft ALTER COLUMN takes_changes DROP DEFAULT",
    """
    CREATE TABLE balance_correction (
        id uuid PRIMARY KEY,
        pot_id uuid NOT NULL REFERENCES pot (id),
        sequence bigint NOT NULL,
        amount_pence bigint NOT NULL CHECK (amount_pence > 0),
        corrected_on date NOT NULL,
        reason text NOT NULL CHECK (reason <> ''),
        UNIQUE (pot_id, sequence)
    )
    """,
    """
    COMMENT ON TABLE balance_correction IS 'append-only: a balance that was taken over is corrected by a row'
    """,
)


def upgrade() -> None:
    """What was said first is kept beside what is said now."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """What was reported is never forgotten: restore a backup instead."""
    message = "Corrections may have been taken; what says so is not dropped."
    raise RuntimeError(message)
