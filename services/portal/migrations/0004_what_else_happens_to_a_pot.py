"""What else happens to a pot than grants: reversals, refunds, interest, a later date; and redrawn shares."""

from alembic import op

revision = "portal_0004"
down_revision = "portal_0003"
branch_labels = None
depends_on = None

TOLD_WHEN_OPENED = (
    "agreement_id",
    "obligation_id",
    "organisation",
    "reference",
    "purpose",
    "wards",
    "received_pence",
    "opened_by",
    "sequence",
)
STATEMENTS = (
    """
    CREATE TABLE pot_act (
        pot_id uuid NOT NULL,
        sequence bigint NOT NULL,
        kind text NOT NULL CHECK (kind IN ('reversed', 'interest', 'refund_requested', 'refund_approved',
            'refund_refused', 'returned', 'extended')),
        amount_pence bigint CHECK (amount_pence > 0),
        happened_on date,
        reason text,
        voucher text,
        spend_by_on date,
        document_url text,
        PRIMARY KEY (pot_id, sequence),
        CHECK ((kind = 'extended') = (amount_pence IS NULL))
    )
    """,
    "ALTER TABLE pot ADD COLUMN spend_by_sequence bigint",
    "UPDATE pot SET spend_by_sequence = sequence",
    *(f"ALTER TABLE pot ALTER COLUMN {name} DROP NOT NULL" for name in TOLD_WHEN_OPENED),
    "ALTER TABLE fund_movement DROP CONSTRAINT fund_movement_kind_check",
    "ALTER TABLE fund_movement DROP CONSTRAINT fund_movement_amount_pence_check",
    """
    ALTER TABLE fund_movement ADD CONSTRAINT fund_movement_kind_check
    CHECK (kind IN ('reserved', 'redrawn', 'committed', 'released', 'paid'))
    """,
    """
    ALTER TABLE fund_movement ADD CONSTRAINT fund_movement_amount_pence_check
    CHECK (amount_pence >= 0 OR kind = 'redrawn')
    """,
    """
    CREATE OR REPLACE VIEW fund_share AS
    WITH moved AS (
        SELECT application_id, pot_id, bool_or(undated) AS undated,
            coalesce(sum(amount_pence) FILTER (WHERE kind IN ('reserved', 'redrawn')), 0)::bigint AS reserved,
            coalesce(sum(amount_pence) FILTER (WHERE kind = 'released'), 0)::bigint AS released,
            coalesce(sum(amount_pence) FILTER (WHERE kind = 'paid'), 0)::bigint AS paid,
            coalesce(max(sequence) FILTER (WHERE kind = 'committed'), 0)
                > coalesce(max(sequence) FILTER (WHERE kind IN ('reserved', 'redrawn')), 0) AS is_committed
        FROM fund_movement GROUP BY application_id, pot_id)
    SELECT application_id, pot_id, undated, reserved - released AS granted_pence,
        CASE WHEN is_committed THEN 0 ELSE reserved - released - paid END AS reserved_pence,
        CASE WHEN is_committed THEN reserved - released - paid ELSE 0 END AS committed_pence,
        paid AS paid_pence
    FROM moved
    """,
    """
    CREATE VIEW pot_own AS
    SELECT pot_id,
        coalesce(sum(amount_pence) FILTER (WHERE kind = 'reversed'), 0)::bigint AS reversed_pence,
        coalesce(sum(amount_pence) FILTER (WHERE kind = 'interest'), 0)::bigint AS interest_pence,
        coalesce(sum(CASE kind WHEN 'refund_requested' THEN amount_pence
            WHEN 'refund_refused' THEN -amount_pence WHEN 'returned' THEN -amount_pence END), 0)::bigint
            AS refunding_pence,
        coalesce(sum(amount_pence) FILTER (WHERE kind = 'returned'), 0)::bigint AS returned_pence
    FROM pot_act GROUP BY pot_id
    """,
    "DROP VIEW pot_balance",
    """
    CREATE VIEW pot_balance AS
    SELECT pot_id, received_pence - reversed_pence AS received_pence, interest_pence,
        received_pence - reversed_pence + interest_pence - refunding_pence - returned_pence - granted_pence
            AS available_pence,
        reserved_pence, committed_pence, paid_pence, refunding_pence, returned_pence
    FROM (
        SELECT p.pot_id, p.received_pence,
            coalesce(o.reversed_pence, 0) AS reversed_pence,
            coalesce(o.interest_pence, 0) AS interest_pence,
            coalesce(o.refunding_pence, 0) AS refunding_pence,
            coalesce(o.returned_pence, 0) AS returned_pence,
            coalesce(s.granted, 0)::bigint AS granted_pence,
            coalesce(s.reserved, 0)::bigint AS reserved_pence,
            coalesce(s.committed, 0)::bigint AS committed_pence,
            coalesce(s.paid, 0)::bigint AS paid_pence
        FROM pot p LEFT JOIN pot_own o USING (pot_id) LEFT JOIN LATERAL (
            SELECT sum(granted_pence) AS granted, sum(reserved_pence) AS reserved,
                sum(committed_pence) AS committed, sum(paid_pence) AS paid
            FROM fund_share WHERE fund_share.pot_id = p.pot_id) s ON true) sums
    """,
)


def upgrade() -> None:
    """A pot's later facts may be written in the same batch before those it was opened with."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """The read model is rebuilt from Kafka; a migration does not narrow it."""
    message = "Restore a backup instead, or rebuild the read model."
    raise RuntimeError(message)
