"""Sessions of signed-in people, and the read model behind the register and the trace."""

from alembic import op

revision = "portal_0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE agreement (
        agreement_id uuid NOT NULL,
        organisation text,
        reference text,
        planning_application text,
        kind text,
        deed_on date,
        document_url text,
        sequence bigint,
        PRIMARY KEY (agreement_id)
    )
    """,
    """
    CREATE TABLE application (
        application_id uuid NOT NULL,
        reference text,
        fund_id uuid,
        organisation_id uuid,
        organisation_name text,
        organisation_kind text,
        building_name text,
        building_use text,
        ward text,
        total_cost_pence bigint,
        eligible_cost_pence bigint,
        match_funding_pence bigint,
        requested_pence bigint,
        promised_kwh numeric,
        promised_kg_co2e numeric,
        factor_edition text,
        submitted_on date,
        submitted_sequence bigint,
        offered_pence bigint,
        offered_sequence bigint,
        accepted_on date,
        accepted_pence bigint,
        accepted_promised_kwh numeric,
        accepted_promised_kg_co2e numeric,
        accepted_sequence bigint,
        offer_declined_on date,
        offer_declined_sequence bigint,
        eligible boolean,
        screened_sequence bigint,
        awarded_pence bigint,
        awarded_on date,
        award_reasons text,
        weighted_score numeric,
        awarded_sequence bigint,
        declined_on date,
        decline_reasons text,
        way_forward text,
        declined_sequence bigint,
        funding_sequence bigint,
        shortfall_pence bigint,
        shortfall_sequence bigint,
        started_on date,
        started_sequence bigint,
        completed_on date,
        completed_sequence bigint,
        boundary_complete boolean,
        boundary_reason text,
        boundary_fuels text[],
        boundary_sequence bigint,
        PRIMARY KEY (application_id)
    )
    """,
    """
    CREATE TABLE claim (
        claim_id uuid NOT NULL,
        application_id uuid NOT NULL,
        milestone text,
        claimed_pence bigint,
        claimed_on date,
        evidence_count integer,
        submitted_sequence bigint,
        verified_pence bigint,
        verified_on date,
        verified_sequence bigint,
        payable_pence bigint,
        payable_sequence bigint,
        PRIMARY KEY (claim_id)
    )
    """,
    """
    CREATE TABLE fund (
        fund_id uuid NOT NULL,
        name text NOT NULL,
        organisation text NOT NULL,
        purposes text[] NOT NULL,
        wards text[] NOT NULL,
        grant_percent_limit integer NOT NULL,
        maximum_grant_pence bigint NOT NULL,
        opens_on date NOT NULL,
        sequence bigint NOT NULL,
        PRIMARY KEY (fund_id)
    )
    """,
    """
    CREATE TABLE fund_movement (
        application_id uuid NOT NULL,
        sequence bigint NOT NULL,
        pot_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('reserved', 'committed', 'released', 'paid')),
        amount_pence bigint NOT NULL CHECK (amount_pence >= 0),
        undated boolean NOT NULL,
        payment_id uuid,
        PRIMARY KEY (application_id, sequence, pot_id),
        CHECK ((kind = 'paid') = (payment_id IS NOT NULL))
    )
    """,
    """
    CREATE TABLE measure (
        application_id uuid NOT NULL,
        sequence bigint NOT NULL,
        measure_id uuid NOT NULL,
        kind text NOT NULL,
        fuel text NOT NULL,
        lifetime_years integer NOT NULL,
        promised_kwh numeric NOT NULL,
        promised_kg_co2e numeric NOT NULL,
        PRIMARY KEY (application_id, sequence, measure_id)
    )
    """,
    """
    CREATE TABLE obligation (
        obligation_id uuid NOT NULL,
        agreement_id uuid NOT NULL,
        reference text,
        purpose text,
        amount_pence bigint,
        spend_by_months integer,
        wards text[],
        trigger text,
        recorded_sequence bigint,
        trigger_met_on date,
        secured_sequence bigint,
        PRIMARY KEY (obligation_id)
    )
    """,
    """
    CREATE TABLE payment (
        payment_id uuid NOT NULL,
        application_id uuid NOT NULL,
        claim_id uuid,
        amount_pence bigint,
        requested_sequence bigint,
        approved_sequence bigint,
        paid_pence bigint,
        voucher text,
        paid_on date,
        made_sequence bigint,
        PRIMARY KEY (payment_id)
    )
    """,
    """
    CREATE TABLE pot (
        pot_id uuid NOT NULL,
        agreement_id uuid NOT NULL,
        obligation_id uuid NOT NULL,
        organisation text NOT NULL,
        reference text NOT NULL,
        purpose text NOT NULL,
        wards text[] NOT NULL,
        received_pence bigint NOT NULL,
        received_on date,
        spend_by_on date,
        opened_by text NOT NULL,
        sequence bigint NOT NULL,
        PRIMARY KEY (pot_id)
    )
    """,
    """
    CREATE TABLE progress (
        topic text NOT NULL,
        key text NOT NULL,
        sequence bigint NOT NULL,
        occurred_at timestamptz NOT NULL,
        projected_at timestamptz NOT NULL,
        PRIMARY KEY (topic, key)
    )
    """,
    """
    CREATE TABLE saving (
        saving_id uuid NOT NULL,
        application_id uuid NOT NULL,
        basis text NOT NULL,
        period_start date NOT NULL,
        period_end date NOT NULL,
        avoided_kwh numeric NOT NULL,
        counterfactual_kwh numeric NOT NULL,
        model_band_kwh numeric NOT NULL,
        total_band_kwh numeric NOT NULL,
        saved_kg_co2e numeric NOT NULL,
        model_band_kg_co2e numeric NOT NULL,
        total_band_kg_co2e numeric NOT NULL,
        confidence_percent integer NOT NULL,
        distinguishable boolean NOT NULL,
        factor_edition text NOT NULL,
        verified_on date NOT NULL,
        temperatures_generated boolean NOT NULL,
        sequence bigint NOT NULL,
        PRIMARY KEY (saving_id)
    )
    """,
    """
    CREATE TABLE saving_meter (
        saving_id uuid NOT NULL,
        meter_id uuid NOT NULL,
        fuel text NOT NULL,
        counterfactual_kwh numeric NOT NULL,
        observed_kwh numeric NOT NULL,
        avoided_kwh numeric NOT NULL,
        model_band_kwh numeric NOT NULL,
        total_band_kwh numeric NOT NULL,
        factor_kg_co2e_per_kwh numeric NOT NULL,
        saved_kg_co2e numeric NOT NULL,
        sequence bigint NOT NULL,
        PRIMARY KEY (saving_id, meter_id)
    )
    """,
    """
    CREATE TABLE sign_in_session (
        token_hash text NOT NULL,
        person_id uuid NOT NULL,
        started_at timestamptz NOT NULL DEFAULT now(),
        last_seen_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        PRIMARY KEY (token_hash),
        CHECK (started_at < expires_at)
    )
    """,
    "CREATE INDEX obligation_of_agreement ON obligation (agreement_id)",
    "CREATE INDEX pot_of_agreement ON pot (agreement_id)",
    "CREATE INDEX pot_of_obligation ON pot (obligation_id)",
    "CREATE INDEX pot_by_spend_by ON pot (spend_by_on, pot_id)",
    "CREATE INDEX fund_movement_of_pot ON fund_movement (pot_id, application_id)",
    "CREATE INDEX payment_of_application ON payment (application_id)",
    "CREATE INDEX claim_of_application ON claim (application_id)",
    "CREATE INDEX saving_of_application ON saving (application_id)",
    """
    CREATE INDEX application_by_award ON application (awarded_on DESC, application_id)
    WHERE awarded_sequence IS NOT NULL OR funding_sequence IS NOT NULL
    """,
    "CREATE INDEX progress_by_time ON progress (projected_at)",
    "CREATE INDEX sign_in_session_by_end ON sign_in_session (expires_at)",
)


def upgrade() -> None:
    """Create the portal's tables."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """The read model is rebuilt from Kafka; its tables are not dropped by a migration."""
    message = "Restore a backup instead, or rebuild the read model."
    raise RuntimeError(message)
