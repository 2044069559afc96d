"""What Kafka refuses for itself, and how far it has acknowledged each partition."""

from alembic import op

revision = "messaging_0002"
down_revision = "messaging_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the relay's two tables."""
    op.execute(
        """
        CREATE TABLE blocked_event (
            position bigint PRIMARY KEY REFERENCES event_log (position),
            topic text NOT NULL,
            key text NOT NULL,
            reason text NOT NULL,
            blocked_at timestamptz NOT NULL DEFAULT now()
        )
        """
    )
    op.execute("CREATE INDEX blocked_event_of_key ON blocked_event (topic, key)")
    op.execute(
        """
        CREATE TABLE acknowledged_offset (
            topic text NOT NULL,
            record_partition integer NOT NULL,
            last_offset bigint NOT NULL,
            PRIMARY KEY (topic, record_partition)
        ) WITH (fillfactor = 50)
        """
    )


def downgrade() -> None:
    """Drop both: what was blocked is tried again, and a lost log is not noticed."""
    op.execute("DROP TABLE acknowledged_offset")
    op.execute("DROP TABLE blocked_event")
