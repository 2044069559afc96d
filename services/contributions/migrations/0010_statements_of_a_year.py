"""The statements of financial years as they were published."""

from alembic import op

revision = "contributions_0010"
down_revision = "contributions_0009"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE statement_edition (
        id uuid PRIMARY KEY,
        organisation text NOT NULL,
        year integer NOT NULL CHECK (year >= 1990),
        number integer NOT NULL CHECK (number > 0),
        reason text,
        figures text NOT NULL,
        published_on date NOT NULL,
        published_by text NOT NULL,
        published_at timestamptz NOT NULL,
        UNIQUE (organisation, year, number),
        CHECK (number = 1 OR reason IS NOT NULL)
    )
    """,
    "COMMENT ON TABLE statement_edition IS 'append-only: a correction is a further edition'",
)


def upgrade() -> None:
    """Figures that were published stand, whatever is recorded later."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """What was published is never dropped: restore a backup instead."""
    message = "The council has published from this table; it is not dropped."
    raise RuntimeError(message)
