"""Sites, developers, payees, deeds of variation, corrections, and dated editions of wards."""

from alembic import op

revision = "contributions_0012"
down_revision = "contributions_0011"
branch_labels = None
depends_on = None

WARDS = (
    """
    CREATE TABLE ward_edition (
        id uuid PRIMARY KEY,
        organisation text NOT NULL,
        name text NOT NULL,
        valid_from date NOT NULL,
        source text NOT NULL,
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        UNIQUE (organisation, valid_from)
    )
    """,
    """
    COMMENT ON TABLE ward_edition
    IS 'append-only: deeds name the wards of the edition they were signed under'
    """,
    """
    CREATE TABLE ward (
        edition_id uuid NOT NULL REFERENCES ward_edition (id),
        code text NOT NULL,
        name text NOT NULL,
        PRIMARY KEY (edition_id, code)
    )
    """,
    "COMMENT ON TABLE ward IS 'append-only: an edition is corrected by a further one'",
)
AGREEMENTS = (
    """
    ALTER TABLE agreement
        ADD COLUMN site_address text,
        ADD COLUMN ward text,
        ADD COLUMN ward_edition_id uuid REFERENCES ward_edition (id),
        ADD COLUMN developer text,
        ADD COLUMN developer_is_organisation boolean NOT NULL DEFAULT false,
        ADD COLUMN deed_version integer NOT NULL DEFAULT 1 CHECK (deed_version > 0),
        ADD COLUMN varied_on date,
        ADD CONSTRAINT agreement_edition_has_ward CHECK (ward_edition_id IS NULL OR ward IS NOT NULL),
        ADD CONSTRAINT agreement_edition_has_the_ward
            FOREIGN KEY (ward_edition_id, ward) REFERENCES ward (edition_id, code),
        ADD CONSTRAINT agreement_varied_after_its_deed CHECK (varied_on > deed_on),
        ADD CONSTRAINT agreement_versions_have_their_day CHECK ((varied_on IS NULL) = (deed_version = 1))
    """,
    """
    CREATE TABLE variation (
        id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreement (id),
        deed_version integer NOT NULL CHECK (deed_version > 1),
        deed_on date NOT NULL,
        document_url text,
        summary text NOT NULL,
        sequence bigint NOT NULL,
        UNIQUE (agreement_id, deed_version),
        UNIQUE (agreement_id, deed_on)
    )
    """,
    "COMMENT ON TABLE variation IS 'append-only: a deed is varied again by a further deed'",
    """
    CREATE TABLE correction (
        id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreement (id),
        sequence bigint NOT NULL,
        reason text NOT NULL,
        UNIQUE (agreement_id, sequence)
    )
    """,
    """
    CREATE TABLE earlier_agreement (
        agreement_id uuid NOT NULL REFERENCES agreement (id),
        until_sequence bigint NOT NULL,
        ended_on date,
        deed_version integer NOT NULL,
        terms jsonb NOT NULL,
        PRIMARY KEY (agreement_id, until_sequence)
    )
    """,
    """
    CREATE UNIQUE INDEX earlier_agreement_by_version ON earlier_agreement (agreement_id, deed_version)
        WHERE ended_on IS NOT NULL
    """,
    """
    CREATE TABLE earlier_obligation (
        obligation_id uuid NOT NULL REFERENCES obligation (id),
        until_sequence bigint NOT NULL,
        agreement_id uuid NOT NULL REFERENCES agreement (id),
        ended_on date,
        terms jsonb NOT NULL,
        PRIMARY KEY (obligation_id, until_sequence)
    )
    """,
    "CREATE INDEX earlier_obligation_of_agreement ON earlier_obligation (agreement_id, until_sequence)",
    """
    CREATE TABLE payee (
        id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreement (id),
        name text,
        reference text,
        removed_at timestamptz,
        erased_at timestamptz,
        CONSTRAINT payee_is_named_until_erased CHECK ((name IS NULL) = (erased_at IS NOT NULL)),
        CONSTRAINT payee_is_removed_before_erased CHECK (erased_at IS NULL OR removed_at IS NOT NULL)
    )
    """,
    "CREATE INDEX payee_of_agreement ON payee (agreement_id)",
)


def upgrade() -> None:
    """Agreements gain what an officer knows of them; what a deed or a correction replaced is kept whole."""
    for statement in (*WARDS, *AGREEMENTS):
        op.execute(statement)


def downgrade() -> None:
    """Earlier versions of deeds are never thrown away: restore a backup instead."""
    message = "Versions of agreements may be kept there; they are not dropped."
    raise RuntimeError(message)
