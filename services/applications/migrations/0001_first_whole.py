"""Funds, organisations, applications in sections, decisions, offers, claims and their evidence."""

from alembic import op

revision = "applications_0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    "CREATE TABLE fund (id uuid PRIMARY KEY, opens_on date NOT NULL, terms jsonb NOT NULL)",
    """
    CREATE TABLE organisation (
        id uuid PRIMARY KEY,
        name text NOT NULL CHECK (name <> ''),
        kind text NOT NULL,
        charity_number text
    )
    """,
    """
    CREATE TABLE organisation_member (
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        person_id uuid NOT NULL,
        PRIMARY KEY (organisation_id, person_id)
    )
    """,
    "CREATE INDEX organisation_member_person ON organisation_member (person_id)",
    """
    CREATE TABLE organisation_contact (
        organisation_id uuid PRIMARY KEY REFERENCES organisation (id),
        name text NOT NULL,
        email text NOT NULL,
        telephone text
    )
    """,
    "COMMENT ON TABLE organisation_contact IS 'personal data: erasable, in no event'",
    "CREATE TABLE reference_counter (year integer PRIMARY KEY, last integer NOT NULL CHECK (last > 0))",
    """
    CREATE TABLE application (
        id uuid PRIMARY KEY,
        reference text NOT NULL UNIQUE,
        fund_id uuid NOT NULL REFERENCES fund (id),
        organisation_id uuid NOT NULL REFERENCES organisation (id),
        version integer NOT NULL CHECK (version >= 0),
        sequence bigint NOT NULL CHECK (sequence >= 0),
        started_at timestamptz NOT NULL,
        submitted_on date,
        submission jsonb,
        CHECK ((submission IS NULL) = (submitted_on IS NULL)),
        CHECK ((submission IS NULL) = (sequence = 0))
    )
    """,
    "CREATE INDEX application_organisation ON application (organisation_id)",
    """
    CREATE TABLE application_section (
        application_id uuid NOT NULL REFERENCES application (id),
        section text NOT NULL
            CHECK (section IN ('who', 'building', 'measures', 'energy', 'costs', 'match_funding')),
        answers jsonb NOT NULL,
        saved_at timestamptz NOT NULL,
        saved_by text NOT NULL,
        PRIMARY KEY (application_id, section)
    )
    """,
    """
    CREATE TABLE decision (
        application_id uuid PRIMARY KEY,
        outcome text NOT NULL CHECK (outcome IN ('awarded', 'declined')),
        award_id uuid,
        amount_pence bigint CHECK (amount_pence > 0),
        decided_on date NOT NULL,
        reasons text NOT NULL,
        way_forward text,
        CHECK ((outcome = 'awarded') = (award_id IS NOT NULL AND amount_pence IS NOT NULL))
    )
    """,
    """
    CREATE TABLE refused_funding (
        application_id uuid PRIMARY KEY,
        award_id uuid NOT NULL,
        available_pence bigint NOT NULL,
        shortfall_pence bigint NOT NULL CHECK (shortfall_pence > 0)
    )
    """,
    """
    CREATE TABLE offer (
        application_id uuid PRIMARY KEY REFERENCES application (id),
        award_id uuid NOT NULL UNIQUE,
        amount_pence bigint NOT NULL CHECK (amount_pence > 0),
        decided_on date NOT NULL,
        accepted_on date CHECK (accepted_on >= decided_on),
        declined_on date CHECK (declined_on >= decided_on),
        claimed_pence bigint NOT NULL CHECK (claimed_pence BETWEEN 0 AND amount_pence),
        CHECK (accepted_on IS NULL OR declined_on IS NULL),
        CHECK (claimed_pence = 0 OR accepted_on IS NOT NULL)
    )
    """,
    """
    CREATE TABLE claim (
        id uuid PRIMARY KEY,
        application_id uuid NOT NULL REFERENCES offer (application_id),
        claimant_id uuid NOT NULL,
        milestone text NOT NULL,
        amount_pence bigint NOT NULL CHECK (amount_pence > 0),
        claimed_on date NOT NULL,
        verified_on date,
        paid_on date,
        voucher text
    )
    """,
    "CREATE INDEX claim_application ON claim (application_id)",
    """
    CREATE TABLE evidence (
        id uuid PRIMARY KEY,
        application_id uuid NOT NULL REFERENCES application (id),
        sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        content_type text NOT NULL CHECK (content_type IN ('application/pdf', 'image/png', 'image/jpeg')),
        size_bytes integer NOT NULL CHECK (size_bytes BETWEEN 1 AND 10485760),
        display_name text NOT NULL,
        sent_by text NOT NULL,
        sent_at timestamptz NOT NULL
    )
    """,
    "CREATE INDEX evidence_application ON evidence (application_id)",
    "COMMENT ON TABLE evidence IS 'append-only: evidence of what was claimed stays as it was sent'",
    """
    CREATE TABLE claim_evidence (
        claim_id uuid NOT NULL REFERENCES claim (id),
        evidence_id uuid NOT NULL REFERENCES evidence (id),
        PRIMARY KEY (claim_id, evidence_id)
    )
    """,
    "COMMENT ON TABLE claim_evidence IS 'append-only: what a claim rested on when it was made'",
    """
    CREATE TABLE declared_interest (
        application_id uuid NOT NULL,
        assessor_id uuid NOT NULL,
        has_interest boolean NOT NULL,
        PRIMARY KEY (application_id, assessor_id)
    )
    """,
)


def upgrade() -> None:
    """Create the service's first tables."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """What people applied for is not dropped: restore a backup instead."""
    message = "Applications are not dropped; restore a backup."
    raise RuntimeError(message)
