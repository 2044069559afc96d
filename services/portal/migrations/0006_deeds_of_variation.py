"""What the public sees of a deed besides its sums: its site's ward, its developer, and its variations."""

from alembic import op

revision = "portal_0006"
down_revision = "portal_0005"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE agreement ADD COLUMN ward text, ADD COLUMN ward_edition text, ADD COLUMN developer text",
    """
    CREATE TABLE variation (
        variation_id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL,
        deed_version integer NOT NULL,
        varied_on date NOT NULL,
        variation_url text,
        summary text NOT NULL,
        sequence bigint NOT NULL
    )
    """,
    "CREATE INDEX variation_of_agreement ON variation (agreement_id)",
)


def upgrade() -> None:
    """Add the columns and the table; facts that come later fill them."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """The read model is rebuilt from Kafka; its tables are not dropped by a migration."""
    message = "Restore a backup instead, or rebuild the read model."
    raise RuntimeError(message)
