"""Balances with which records here began, and how sure they are."""

from alembic import op

revision = "contributions_0019"
down_revision = "contributions_0018"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE opening_balance (
        pot_id uuid PRIMARY KEY REFERENCES pot (id),
        standing text NOT NULL CHECK (standing IN ('reconciled', 'unreconciled', 'pooled')),
        pool text CHECK (pool <> ''),
        as_at_on date NOT NULL,
        source text NOT NULL CHECK (source <> ''),
        entered_by text NOT NULL,
        CHECK ((standing = 'pooled') = (pool IS NOT NULL))
    )
    """,
    "COMMENT ON TABLE opening_balance IS 'append-only: with what records began is never written anew'",
)


def upgrade() -> None:
    """A pot that was taken over says from where."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """The books are never dropped: restore a backup instead."""
    message = "Balances may have been taken over; what says so is not dropped."
    raise RuntimeError(message)
