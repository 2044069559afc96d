"""Reversals of mis-posted receipts, and pots that more than one fact is published about."""

from alembic import op

revision = "contributions_0006"
down_revision = "contributions_0005"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE pot ADD COLUMN version bigint NOT NULL DEFAULT 1 CHECK (version > 0)",
    """
    CREATE TABLE receipt_reversal (
        pot_id uuid PRIMARY KEY REFERENCES pot (id),
        amount_pence bigint NOT NULL CHECK (amount_pence > 0),
        reversed_on date NOT NULL,
        reason text NOT NULL CHECK (reason <> ''),
        reversed_by text NOT NULL
    )
    """,
    """
    COMMENT ON TABLE receipt_reversal IS
    'append-only: a receipt is reversed once and for good; the right one is recorded anew'
    """,
)


def upgrade() -> None:
    """Every pot there is has had one fact published: that it was opened."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """A reversal is never forgotten: restore a backup instead."""
    message = "Receipts may have been reversed; what says so is not dropped."
    raise RuntimeError(message)
