"""Refunds of unspent money by two people, and what a deed says about unspent money."""

from alembic import op

revision = "contributions_0014"
down_revision = "contributions_0013"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    ALTER TABLE obligation
        ADD COLUMN spend_by_counts text CHECK (spend_by_counts IN ('spent', 'committed')),
        ADD COLUMN refund_with_interest boolean,
        ADD COLUMN recipients text[] NOT NULL DEFAULT '{}'
    """,
    """
    CREATE TABLE refund (
        id uuid PRIMARY KEY,
        pot_id uuid NOT NULL REFERENCES pot (id),
        amount_pence bigint NOT NULL CHECK (amount_pence > 0),
        payee text NOT NULL CHECK (payee <> ''),
        payee_reference text,
        reason text NOT NULL CHECK (reason <> ''),
        state text NOT NULL CHECK (state IN ('requested', 'approved', 'returned', 'refused')),
        requested_by text NOT NULL,
        requested_on date NOT NULL,
        approved_by text,
        approved_on date CHECK (approved_on >= requested_on),
        refused_by text,
        refused_on date CHECK (refused_on >= coalesce(approved_on, requested_on)),
        refusal_reason text,
        voucher text,
        returned_on date CHECK (returned_on >= approved_on),
        CONSTRAINT refund_by_two_people CHECK (approved_by <> requested_by),
        CHECK ((approved_by IS NULL) = (approved_on IS NULL)),
        CHECK (state <> 'requested' OR approved_by IS NULL),
        CHECK (state NOT IN ('approved', 'returned') OR approved_by IS NOT NULL),
        CHECK ((state = 'refused') = (refused_by IS NOT NULL)),
        CHECK ((refused_by IS NULL) = (refused_on IS NULL)),
        CHECK ((refused_by IS NULL) = (refusal_reason IS NULL)),
        CHECK ((state = 'returned') = (returned_on IS NOT NULL)),
        CHECK ((returned_on IS NULL) = (voucher IS NULL))
    )
    """,
    "CREATE UNIQUE INDEX refund_under_way ON refund (pot_id) WHERE state IN ('requested', 'approved')",
    "CREATE INDEX refund_of_pot ON refund (pot_id)",
)


def upgrade() -> None:
    """One refund of a pot is under way at a time; deeds recorded before say nothing of unspent money."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Refunds are part of the books: restore a backup instead."""
    message = "Money may have been refunded; what says so is not dropped."
    raise RuntimeError(message)
