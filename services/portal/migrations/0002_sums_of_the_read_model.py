"""The sums behind the register and the trace: shares, pots and grants, worked out when they are asked for."""

from alembic import op

revision = "portal_0002"
down_revision = "portal_0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE VIEW fund_share AS
    WITH moved AS (
        SELECT application_id, pot_id, bool_or(undated) AS undated,
            coalesce(sum(amount_pence) FILTER (WHERE kind = 'reserved'), 0)::bigint AS reserved,
            coalesce(sum(amount_pence) FILTER (WHERE kind = 'released'), 0)::bigint AS released,
            coalesce(sum(amount_pence) FILTER (WHERE kind = 'paid'), 0)::bigint AS paid,
            coalesce(max(sequence) FILTER (WHERE kind = 'committed'), 0)
                > coalesce(max(sequence) FILTER (WHERE kind = 'reserved'), 0) AS is_committed
        FROM fund_movement GROUP BY application_id, pot_id)
    SELECT application_id, pot_id, undated, reserved - released AS granted_pence,
        CASE WHEN is_committed THEN 0 ELSE reserved - released - paid END AS reserved_pence,
        CASE WHEN is_committed THEN reserved - released - paid ELSE 0 END AS committed_pence,
        paid AS paid_pence
    FROM moved
    """,
    """
    COMMENT ON VIEW fund_share IS 'What each pot bears of each grant: the rest of what was reserved, neither
    released nor paid, is reserved until the grant is accepted, then committed.'
    """,
    """
    CREATE VIEW pot_balance AS
    SELECT p.*,
        p.received_pence - coalesce(s.granted, 0)::bigint AS available_pence,
        coalesce(s.reserved, 0)::bigint AS reserved_pence,
        coalesce(s.committed, 0)::bigint AS committed_pence,
        coalesce(s.paid, 0)::bigint AS paid_pence
    FROM pot p LEFT JOIN LATERAL (
        SELECT sum(granted_pence) AS granted, sum(reserved_pence) AS reserved,
            sum(committed_pence) AS committed, sum(paid_pence) AS paid
        FROM fund_share WHERE fund_share.pot_id = p.pot_id) s ON true
    """,
    """
    CREATE VIEW grant_line AS
    SELECT a.*,
        coalesce(a.accepted_promised_kwh, a.promised_kwh) AS promise_kwh,
        coalesce(a.accepted_promised_kg_co2e, a.promised_kg_co2e) AS promise_kg_co2e,
        coalesce(s.granted, 0)::bigint AS granted_pence,
        coalesce(s.reserved, 0)::bigint AS reserved_pence,
        coalesce(s.committed, 0)::bigint AS committed_pence,
        coalesce(s.paid, 0)::bigint AS paid_pence
    FROM application a LEFT JOIN LATERAL (
        SELECT sum(granted_pence) AS granted, sum(reserved_pence) AS reserved,
            sum(committed_pence) AS committed, sum(paid_pence) AS paid
        FROM fund_share WHERE fund_share.application_id = a.application_id) s ON true
    WHERE a.awarded_sequence IS NOT NULL OR a.funding_sequence IS NOT NULL
    """,
)


def upgrade() -> None:
    """Create the views."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """The read model is rebuilt from Kafka; its views are not dropped by a migration."""
    message = "Restore a backup instead, or rebuild the read model."
    raise RuntimeError(message)
