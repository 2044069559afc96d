"""Payments that were stopped before they were made: their claims may be asked for again."""

from alembic import op

revision = "contributions_0005"
down_revision = "contributions_0004"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE payment ADD COLUMN refused_by text",
    "ALTER TABLE payment ADD COLUMN refused_on date",
    "ALTER TABLE payment ADD COLUMN refusal_reason text",
    "ALTER TABLE payment DROP CONSTRAINT payment_claim_id_key",
    "CREATE UNIQUE INDEX payment_that_stands ON payment (claim_id) WHERE state <> 'refused'",
    "CREATE INDEX payment_of_claim ON payment (claim_id)",
    "ALTER TABLE payment DROP CONSTRAINT payment_state_check",
    """
    ALTER TABLE payment ADD CONSTRAINT payment_state_check
    CHECK (state IN ('requested', 'approved', 'paid', 'refused'))
    """,
    "ALTER TABLE payment DROP CONSTRAINT payment_check2",
    """
    ALTER TABLE payment ADD CONSTRAINT payment_approved_before_it_is_made CHECK (CASE state
        WHEN 'requested' THEN approved_by IS NULL WHEN 'refused' THEN true ELSE approved_by IS NOT NULL END)
    """,
    """
    ALTER TABLE payment ADD CONSTRAINT payment_refused_with_a_reason CHECK (
        (state = 'refused') = (refused_by IS NOT NULL)
        AND (refused_by IS NULL) = (refused_on IS NULL)
        AND (refused_by IS NULL) = (refusal_reason IS NULL))
    """,
    """
    ALTER TABLE payment ADD CONSTRAINT payment_refused_in_order
    CHECK (refused_on >= greatest(requested_on, approved_on))
    """,
    """
    ALTER TABLE payment ADD CONSTRAINT payment_approval_undone_by_another
    CHECK (approved_by IS NULL OR refused_by <> requested_by)
    """,
)


def upgrade() -> None:
    """One payment of a claim stands at a time, however many were refused before."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """A refused payment has no place in the tables of before: restore a backup instead."""
    message = "Payments may have been refused; their reasons are not dropped."
    raise RuntimeError(message)
