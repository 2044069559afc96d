"""What developers were asked to pay, between the clause that secures a sum and the money received."""

from alembic import op

revision = "portal_0005"
down_revision = "portal_0004"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE demand (
        demand_id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL,
        obligation_id uuid NOT NULL,
        reference text,
        issued_on date,
        due_on date,
        base_pence bigint,
        demanded_pence bigint,
        working text[],
        provisional boolean,
        issued_sequence bigint,
        withdrawn_on date,
        withdrawn_sequence bigint
    )
    """,
    "CREATE INDEX demand_of_obligation ON demand (obligation_id)",
)


def upgrade() -> None:
    """Demands are projected from now on; no event of before speaks of any."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """The read model is rebuilt from Kafka; its tables are not dropped by a migration."""
    message = "Restore a backup instead, or rebuild the read model."
    raise RuntimeError(message)
