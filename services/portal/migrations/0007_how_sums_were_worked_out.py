"""How the sums of clauses were worked out, for the public trace."""

from alembic import op

revision = "portal_0007"
down_revision = "portal_0006"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE calculation (
        calculation_id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL,
        clause text NOT NULL,
        policy_name text,
        policy_version integer,
        policy_valid_from date,
        policy_source text,
        policy_source_url text,
        statement_reference text,
        statement_stage text,
        statement_approved_on date,
        rounding text NOT NULL,
        amount_pence bigint NOT NULL,
        due_pence bigint NOT NULL,
        fee_pence bigint NOT NULL,
        steps text NOT NULL,
        sequence bigint NOT NULL
    )
    """,
    """
    ALTER TABLE obligation
        ADD COLUMN clause text,
        ADD COLUMN tranche_number integer,
        ADD COLUMN tranche_count integer,
        ADD COLUMN calculation_id uuid
    """,
)


def upgrade() -> None:
    """Add the table and the columns that lead to it; no event of before fills them."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """The read model is rebuilt from Kafka; its columns are not dropped by a migration."""
    message = "Restore a backup instead, or rebuild the read model."
    raise RuntimeError(message)
