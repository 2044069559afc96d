"""What kind of organisation asks: a deed may say that only schools, say, are granted its money."""

from alembic import op

revision = "assessment_0002"
down_revision = "assessment_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Not known of applications that were submitted before."""
    op.execute("ALTER TABLE assessment ADD COLUMN organisation_kind text")


def downgrade() -> None:
    """Take the column away; the service before this one did without."""
    op.execute("ALTER TABLE assessment DROP COLUMN organisation_kind")
