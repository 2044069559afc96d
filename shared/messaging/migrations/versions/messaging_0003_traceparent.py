"""The log keeps which trace an event belongs to."""

from alembic import op

revision = "messaging_0003"
down_revision = "messaging_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column that may stay empty: no row is rewritten, and code that does not know it goes on."""
    op.execute("ALTER TABLE event_log ADD COLUMN traceparent varchar(55)")
    op.execute(
        "COMMENT ON COLUMN event_log.traceparent IS 'W3C Trace Context; empty where nothing is traced'"
    )


def downgrade() -> None:
    """Forget the traces: no fact is lost with them."""
    op.execute("ALTER TABLE event_log DROP COLUMN traceparent")
