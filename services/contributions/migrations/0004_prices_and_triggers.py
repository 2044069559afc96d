"""How a sum was worked out and under which price, its tranches, and what makes each of them due."""

from alembic import op

revision = "contributions_0004"
down_revision = "contributions_0003"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE price_policy (
        policy_id uuid,
        version integer CHECK (version > 0),
        organisation text NOT NULL,
        name text NOT NULL,
        basis text NOT NULL CHECK (basis IN ('one_off', 'yearly', 'declining', 'per_dwelling')),
        scope text NOT NULL CHECK (scope IN ('regulated', 'total')),
        price_pence_per_tonne bigint CHECK (price_pence_per_tonne > 0),
        years integer CHECK (years BETWEEN 1 AND 100),
        series text NOT NULL,
        house_pence bigint CHECK (house_pence > 0),
        flat_pence bigint CHECK (flat_pence > 0),
        dwelling_pence bigint CHECK (dwelling_pence > 0),
        management_fee_percent numeric NOT NULL
            CHECK (management_fee_percent >= 0 AND management_fee_percent <= 100),
        minimum_factors numeric[] NOT NULL,
        rounding text NOT NULL,
        valid_from date NOT NULL,
        source text NOT NULL,
        source_url text,
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (policy_id, version),
        UNIQUE (policy_id, valid_from),
        UNIQUE (organisation, name, version),
        CHECK (basis NOT IN ('one_off', 'yearly') OR price_pence_per_tonne IS NOT NULL),
        CHECK (basis NOT IN ('yearly', 'declining') OR years IS NOT NULL),
        CHECK (basis <> 'per_dwelling' OR coalesce(house_pence, flat_pence, dwelling_pence) IS NOT NULL)
    )
    """,
    """
    CREATE TABLE energy_statement (
        id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreement (id),
        stage text NOT NULL CHECK (stage IN ('as_designed', 'as_built')),
        reference text NOT NULL,
        approved_on date NOT NULL,
        houses integer NOT NULL CHECK (houses >= 0),
        flats integer NOT NULL CHECK (flats >= 0),
        dwellings integer NOT NULL CHECK (dwellings >= 0),
        baseline_t_co2e numeric CHECK (baseline_t_co2e > 0),
        domestic_regulated_t_co2e numeric NOT NULL CHECK (domestic_regulated_t_co2e >= 0),
        domestic_unregulated_t_co2e numeric NOT NULL CHECK (domestic_unregulated_t_co2e >= 0),
        non_domestic_regulated_t_co2e numeric NOT NULL CHECK (non_domestic_regulated_t_co2e >= 0),
        non_domestic_unregulated_t_co2e numeric NOT NULL CHECK (non_domestic_unregulated_t_co2e >= 0),
        electricity_kwh numeric CHECK (electricity_kwh >= 0),
        first_year integer,
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL
    )
    """,
    "CREATE INDEX energy_statement_of_agreement ON energy_statement (agreement_id, approved_on)",
    """
    CREATE TABLE calculation (
        id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreement (id),
        policy_id uuid,
        policy_version integer,
        statement_id uuid REFERENCES energy_statement (id),
        replaces_id uuid UNIQUE REFERENCES calculation (id),
        rounding text NOT NULL,
        steps text NOT NULL,
        amount_pence bigint NOT NULL CHECK (amount_pence >= 0),
        due_pence bigint NOT NULL CHECK (due_pence BETWEEN 0 AND amount_pence),
        fee_pence bigint NOT NULL CHECK (fee_pence >= 0),
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        FOREIGN KEY (policy_id, policy_version) REFERENCES price_policy (policy_id, version),
        CHECK ((policy_id IS NULL) = (policy_version IS NULL))
    )
    """,
    "CREATE INDEX calculation_of_agreement ON calculation (agreement_id)",
    """
    CREATE TABLE site_progress (
        id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreement (id),
        kind text NOT NULL CHECK (kind IN ('commenced', 'occupied', 'completed')),
        happened_on date NOT NULL,
        occupied_dwellings integer CHECK (occupied_dwellings BETWEEN 1 AND consented_dwellings),
        consented_dwellings integer CHECK (consented_dwellings > 0),
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        CHECK ((kind = 'occupied') = (occupied_dwellings IS NOT NULL)),
        CHECK ((kind = 'occupied') = (consented_dwellings IS NOT NULL))
    )
    """,
    "CREATE INDEX site_progress_of_agreement ON site_progress (agreement_id, happened_on)",
    """
    CREATE TABLE withdrawn_progress (
        progress_id uuid PRIMARY KEY REFERENCES site_progress (id),
        reason text NOT NULL,
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL
    )
    """,
)
ONLY_GROW = {
    "price_policy": "a new version ends the old one, which stays",
    "energy_statement": "what was approved; another statement is another row",
    "calculation": "never silently redone: a later one names the one it replaces",
    "site_progress": "what was reported of a site; a wrong report is withdrawn",
    "withdrawn_progress": "reports that were wrong",
}
OBLIGATION = (
    """
    ALTER TABLE obligation
        ADD COLUMN trigger_kind text CHECK (trigger_kind IN ('commencement', 'first_occupation',
            'nth_occupation', 'percent_occupation', 'completion', 'date', 'other')),
        ADD COLUMN trigger_dwelling integer CHECK (trigger_dwelling > 0),
        ADD COLUMN trigger_percent integer CHECK (trigger_percent BETWEEN 1 AND 100),
        ADD COLUMN trigger_on date,
        ADD COLUMN clause text,
        ADD COLUMN tranche_number integer,
        ADD COLUMN tranche_count integer,
        ADD COLUMN calculation_id uuid REFERENCES calculation (id),
        ADD CONSTRAINT obligation_has_the_threshold_of_its_trigger CHECK (
            (trigger_kind IS NOT DISTINCT FROM 'nth_occupation') = (trigger_dwelling IS NOT NULL)
            AND (trigger_kind IS NOT DISTINCT FROM 'percent_occupation') = (trigger_percent IS NOT NULL)
            AND (trigger_kind IS NOT DISTINCT FROM 'date') = (trigger_on IS NOT NULL)),
        ADD CONSTRAINT obligation_is_one_tranche_of_its_clause CHECK (
            (tranche_number IS NULL) = (tranche_count IS NULL)
            AND tranche_number BETWEEN 1 AND tranche_count)
    """,
    "CREATE INDEX obligation_of_calculation ON obligation (calculation_id) WHERE calculation_id IS NOT NULL",
    """
    CREATE INDEX obligation_to_look_at ON obligation (agreement_id)
    WHERE trigger_met_on IS NULL AND trigger_kind IS NOT NULL AND trigger_kind <> 'other'
    """,
)


def upgrade() -> None:
    """Add what a sum rests on; nothing of it can be changed afterwards, only followed by something newer."""
    for statement in TABLES:
        op.execute(statement)
    for table, why in ONLY_GROW.items():
        op.execute(f"COMMENT ON TABLE {table} IS 'append-only: {why}'")
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_any_change()"
        )
    for statement in OBLIGATION:
        op.execute(statement)


def downgrade() -> None:
    """What sums rest on is never dropped: restore a backup instead."""
    message = "Sums may have been worked out already; what they rest on is not dropped."
    raise RuntimeError(message)
