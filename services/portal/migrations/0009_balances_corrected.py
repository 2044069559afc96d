"""Balances that were taken over from another system and are less now."""

from alembic import op

revision = "portal_0009"
down_revision = "portal_0008"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE pot_act DROP CONSTRAINT pot_act_kind_check",
    """
    ALTER TABLE pot_act ADD CONSTRAINT pot_act_kind_check CHECK (kind IN ('reversed', 'corrected', 'interest',
        'refund_requested', 'refund_approved', 'refund_refused', 'returned', 'extended'))
    """,
    """
    CREATE OR REPLACE VIEW pot_own AS
    SELECT pot_id,
        coalesce(sum(amount_pence) FILTER (WHERE kind IN ('reversed', 'corrected')), 0)::bigint
            AS reversed_pence,
        coalesce(sum(amount_pence) FILTER (WHERE kind = 'interest'), 0)::bigint AS interest_pence,
        coalesce(sum(CASE kind WHEN 'refund_requested' THEN amount_pence
            WHEN 'refund_refused' THEN -amount_pence WHEN 'returned' THEN -amount_pence END), 0)::bigint
            AS refunding_pence,
        coalesce(sum(amount_pence) FILTER (WHERE kind = 'returned'), 0)::bigint AS returned_pence
    FROM pot_act GROUP BY pot_id
    """,
)


def upgrade() -> None:
    """What is taken out of a balance taken over counts as what is reversed of a receipt."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """The read model is rebuilt from the events instead."""
    message = "Rebuild the read model with the version before this one instead."
    raise RuntimeError(message)
