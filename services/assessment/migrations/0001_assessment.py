"""Applications to assess, interests, scores, decisions, and what became of the awards."""

from alembic import op

revision = "assessment_0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE assessment (
        application_id uuid PRIMARY KEY,
        version bigint NOT NULL CHECK (version > 0),
        reference text NOT NULL,
        submitted_on date NOT NULL,
        organisation_name text NOT NULL,
        people uuid[] NOT NULL,
        building_name text NOT NULL,
        ward text NOT NULL,
        requested_pence bigint NOT NULL CHECK (requested_pence > 0),
        fund_id uuid NOT NULL,
        fund_organisation text NOT NULL,
        purposes text[] NOT NULL
    )
    """,
    """
    CREATE TABLE criterion (
        application_id uuid NOT NULL REFERENCES assessment,
        code text NOT NULL,
        place integer NOT NULL,
        title text NOT NULL,
        weight_percent integer NOT NULL CHECK (weight_percent BETWEEN 1 AND 100),
        PRIMARY KEY (application_id, code)
    )
    """,
    "COMMENT ON TABLE criterion IS 'append-only: the terms of an application never change'",
    """
    CREATE TABLE screening_check (
        application_id uuid NOT NULL REFERENCES assessment,
        rule text NOT NULL,
        place integer NOT NULL,
        passed boolean NOT NULL,
        explanation text NOT NULL,
        PRIMARY KEY (application_id, rule)
    )
    """,
    "COMMENT ON TABLE screening_check IS 'append-only: an application is screened once'",
    """
    CREATE TABLE interest (
        application_id uuid NOT NULL REFERENCES assessment,
        assessor_id uuid NOT NULL,
        has_interest boolean NOT NULL,
        nature text CHECK (nature IS NULL OR has_interest),
        PRIMARY KEY (application_id, assessor_id),
        UNIQUE (application_id, assessor_id, has_interest)
    )
    """,
    # A score refers to a declaration of no interest, so neither can be without the other nor turn later.
    """
    CREATE TABLE score (
        application_id uuid NOT NULL,
        assessor_id uuid NOT NULL,
        criterion text NOT NULL,
        score integer NOT NULL CHECK (score BETWEEN 0 AND 5),
        justification text NOT NULL CHECK (justification <> ''),
        has_interest boolean NOT NULL CHECK (NOT has_interest),
        PRIMARY KEY (application_id, assessor_id, criterion),
        FOREIGN KEY (application_id, criterion) REFERENCES criterion,
        FOREIGN KEY (application_id, assessor_id, has_interest)
            REFERENCES interest (application_id, assessor_id, has_interest)
    )
    """,
    "COMMENT ON TABLE score IS 'append-only: a score once given stands'",
    """
    CREATE TABLE decision (
        application_id uuid PRIMARY KEY REFERENCES assessment,
        decided_by uuid NOT NULL,
        decided_on date NOT NULL,
        reasons text NOT NULL CHECK (reasons <> ''),
        award_id uuid UNIQUE,
        amount_pence bigint CHECK (amount_pence > 0),
        weighted_score numeric CHECK (weighted_score BETWEEN 0 AND 100),
        way_forward text CHECK (way_forward <> ''),
        CONSTRAINT decision_awards_or_declines CHECK (
            num_nonnulls(award_id, amount_pence, weighted_score)
            = CASE WHEN way_forward IS NULL THEN 3 ELSE 0 END
        )
    )
    """,
    "COMMENT ON TABLE decision IS 'append-only: a decision once made stands'",
    """
    CREATE TABLE funding (
        application_id uuid PRIMARY KEY,
        sequence bigint NOT NULL,
        reserved_pence bigint NOT NULL CHECK (reserved_pence >= 0),
        shortfall_pence bigint NOT NULL CHECK (shortfall_pence >= 0)
    )
    """,
)


def upgrade() -> None:
    """Create the tables; what must never be is forbidden here, whatever the code does."""
    for statement in STATEMENTS:
        op.execute(statement)
