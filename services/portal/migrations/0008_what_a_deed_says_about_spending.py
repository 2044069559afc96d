"""What a deed says about spending its money, on its obligation."""

from alembic import op

revision = "portal_0008"
down_revision = "portal_0007"
branch_labels = None
depends_on = None

ADD = """
    ALTER TABLE obligation ADD COLUMN spend_by_counts text, ADD COLUMN refund_with_interest boolean,
        ADD COLUMN recipients text[], ADD COLUMN spending_sequence bigint
"""


def upgrade() -> None:
    """Empty until somebody says what the deed says."""
    op.execute(ADD)


def downgrade() -> None:
    """The read model is rebuilt from Kafka; a migration does not narrow it."""
    message = "Restore a backup instead, or rebuild the read model."
    raise RuntimeError(message)
