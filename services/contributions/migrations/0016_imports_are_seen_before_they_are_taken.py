"""Drafts of imports, what they would change, and codes that an officer mapped."""

from alembic import op

revision = "contributions_0016"
down_revision = "contributions_0015"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE import_draft (
        id uuid PRIMARY KEY,
        organisation text NOT NULL,
        state text NOT NULL CHECK (state IN ('reading', 'previewed', 'committing', 'committed', 'refused',
                                             'thrown_away')),
        uploaded_by text NOT NULL,
        uploaded_at timestamptz NOT NULL,
        asked_by text NOT NULL,
        correlation_id uuid NOT NULL,
        attempts integer NOT NULL CHECK (attempts >= 0),
        rows_done integer NOT NULL CHECK (rows_done BETWEEN 0 AND rows_total),
        rows_total integer NOT NULL,
        preview text,
        fingerprint text,
        changed_meanwhile boolean NOT NULL,
        refusal text,
        CHECK ((preview IS NULL) = (fingerprint IS NULL)),
        CHECK (state NOT IN ('previewed', 'committing', 'committed') OR preview IS NOT NULL),
        CHECK (state = 'thrown_away' OR (state = 'refused') = (refusal IS NOT NULL))
    )
    """,
    """
    CREATE INDEX import_draft_to_work_on ON import_draft (uploaded_at, id)
    WHERE state IN ('reading', 'committing')
    """,
    "CREATE INDEX import_draft_newest ON import_draft (uploaded_at, id)",
    """
    CREATE TABLE import_draft_file (
        draft_id uuid NOT NULL REFERENCES import_draft (id),
        name text NOT NULL,
        content bytea NOT NULL,
        PRIMARY KEY (draft_id, name)
    )
    """,
    """
    CREATE TABLE import_draft_row (
        draft_id uuid NOT NULL REFERENCES import_draft (id),
        dataset text NOT NULL,
        number integer NOT NULL,
        reference text NOT NULL,
        outcome text NOT NULL,
        gravity integer NOT NULL,
        notes text NOT NULL,
        PRIMARY KEY (draft_id, dataset, number)
    )
    """,
    """
    CREATE INDEX import_draft_row_gravest ON import_draft_row (draft_id, gravity DESC, dataset, number)
    """,
    """
    CREATE TABLE code_mapping (
        id uuid PRIMARY KEY,
        organisation text NOT NULL,
        field text NOT NULL CHECK (field IN ('developer-agreement-type', 'contribution-purpose',
                                             'contribution-funding-status', 'organisation')),
        spelling text NOT NULL,
        reported text NOT NULL,
        code text NOT NULL,
        mapped_by text NOT NULL,
        mapped_at timestamptz NOT NULL,
        withdrawn_by text,
        withdrawn_at timestamptz CHECK (withdrawn_at >= mapped_at),
        CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL))
    )
    """,
    """
    CREATE UNIQUE INDEX code_mapping_in_force ON code_mapping (organisation, field, spelling)
    WHERE withdrawn_at IS NULL
    """,
)


def upgrade() -> None:
    """What files would change is looked at before anything is changed."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drafts and mappings are people's work: restore a backup instead."""
    message = "Mapped codes are decisions of people; they are not dropped."
    raise RuntimeError(message)
