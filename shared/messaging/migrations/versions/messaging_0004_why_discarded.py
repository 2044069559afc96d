"""Why a parked event was given up."""

from alembic import op

revision = "messaging_0004"
down_revision = "messaging_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the reason beside who gave it up and when."""
    op.execute("ALTER TABLE parked_event ADD COLUMN discarded_because text")


def downgrade() -> None:
    """Forget the reasons."""
    op.execute("ALTER TABLE parked_event DROP COLUMN discarded_because")
