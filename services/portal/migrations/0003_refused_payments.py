"""Payments that were stopped, with the reason that is published."""

from alembic import op

revision = "portal_0003"
down_revision = "portal_0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE payment ADD COLUMN refused_on date",
    "ALTER TABLE payment ADD COLUMN refusal_reason text",
    "ALTER TABLE payment ADD COLUMN refused_sequence bigint",
)


def upgrade() -> None:
    """Add the columns; no event of before fills them."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """The read model is rebuilt from Kafka; its columns are not dropped by a migration."""
    message = "Restore a backup instead, or rebuild the read model."
    raise RuntimeError(message)
