"""Where the record of an organisation lives: here, or in another system whose exports are taken."""

from alembic import op

revision = "contributions_0017"
down_revision = "contributions_0016"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE record_keeping (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        organisation text NOT NULL,
        mode text NOT NULL CHECK (mode IN ('master', 'follower')),
        system_of_record text CHECK (system_of_record <> ''),
        records_begin_on date,
        kept_before_in text CHECK (kept_before_in <> ''),
        decided_by text NOT NULL,
        decided_at timestamptz NOT NULL,
        CHECK ((mode = 'follower') = (system_of_record IS NOT NULL)),
        CHECK (records_begin_on IS NOT NULL OR kept_before_in IS NULL)
    )
    """,
    "COMMENT ON TABLE record_keeping IS 'append-only: the newest decision of an organisation is in force'",
    "CREATE INDEX record_keeping_in_force ON record_keeping (organisation, position DESC)",
    "ALTER TABLE import_draft ADD COLUMN exported_on date",
)


def upgrade() -> None:
    """Every organisation is master until it says otherwise."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """What was decided is never forgotten: restore a backup instead."""
    message = "Decisions about where the record lives are not dropped."
    raise RuntimeError(message)
