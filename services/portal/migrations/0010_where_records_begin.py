"""What a pot that was taken over says of its balance, and where records begin."""

from alembic import op

revision = "portal_0010"
down_revision = "portal_0009"
branch_labels = None
depends_on = None

NEW = ("standing text", "pool text", "as_at_on date", "records_begin_on date", "kept_before_in text")


def upgrade() -> None:
    """Pots opened before say nothing of it."""
    for column in NEW:
        op.execute(f"ALTER TABLE pot ADD COLUMN {column}")


def downgrade() -> None:
    """The read model is rebuilt from the events instead."""
    message = "Rebuild the read model with the version before this one instead."
    raise RuntimeError(message)
