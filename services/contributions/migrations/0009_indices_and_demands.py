"""Published indices, terms of payment, demands, and banks' base rates."""

from alembic import op

revision = "contributions_0009"
down_revision = "contributions_0008"
branch_labels = None
depends_on = None

APPEND_ONLY = "append-only: a later publication revises, nothing is overwritten"
INDICES = (
    """
    CREATE TABLE index_series (
        id uuid PRIMARY KEY,
        name text NOT NULL UNIQUE,
        publisher text NOT NULL,
        frequency text NOT NULL CHECK (frequency IN ('monthly', 'quarterly', 'yearly')),
        source_url text,
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL
    )
    """,
    """
    CREATE TABLE index_publication (
        id uuid PRIMARY KEY,
        series_id uuid NOT NULL REFERENCES index_series (id),
        published_on date NOT NULL,
        source text NOT NULL,
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        UNIQUE (series_id, published_on)
    )
    """,
    """
    CREATE TABLE index_value (
        publication_id uuid NOT NULL REFERENCES index_publication (id),
        period date NOT NULL CHECK (extract(day FROM period) = 1),
        value numeric NOT NULL CHECK (value > 0),
        provisional boolean NOT NULL,
        PRIMARY KEY (publication_id, period)
    )
    """,
    *(f"COMMENT ON TABLE index_{each} IS '{APPEND_ONLY}'" for each in ("series", "publication", "value")),
)
TERMS = (
    """
    CREATE TABLE payment_terms (
        obligation_id uuid NOT NULL REFERENCES obligation (id),
        number integer NOT NULL CHECK (number > 0),
        clause text,
        basis text NOT NULL CHECK (basis IN ('none', 'index', 'fixed_percent')),
        series_id uuid REFERENCES index_series (id),
        yearly_percent numeric CHECK (yearly_percent > 0 AND yearly_percent <= 100),
        compounds boolean NOT NULL,
        base_on date,
        base_month text NOT NULL CHECK (base_month IN ('month_before', 'month_of')),
        end_day text NOT NULL CHECK (end_day IN ('due', 'trigger')),
        end_month text NOT NULL CHECK (end_month IN ('month_before', 'month_of', 'latest_published')),
        floor boolean NOT NULL,
        rounding text NOT NULL CHECK (rounding IN (
            'penny', 'penny_down', 'penny_up', 'pound', 'pound_down', 'pound_up')),
        days_to_pay integer CHECK (days_to_pay BETWEEN 0 AND 366),
        late_bank text,
        late_margin_percent numeric CHECK (late_margin_percent BETWEEN 0 AND 100),
        late_compounding text CHECK (late_compounding IN ('simple', 'monthly', 'quarterly', 'yearly')),
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL,
        PRIMARY KEY (obligation_id, number),
        CHECK ((basis = 'index') = (series_id IS NOT NULL)),
        CHECK ((basis = 'fixed_percent') = (yearly_percent IS NOT NULL)),
        CHECK ((late_bank IS NULL) = (late_margin_percent IS NULL)),
        CHECK ((late_bank IS NULL) = (late_compounding IS NULL))
    )
    """,
    "COMMENT ON TABLE payment_terms IS 'append-only: a demand names the terms it was made on'",
)
DEMANDS = (
    """
    CREATE TABLE demand (
        id uuid PRIMARY KEY,
        obligation_id uuid NOT NULL REFERENCES obligation (id),
        organisation text NOT NULL,
        reference text NOT NULL,
        issued_on date NOT NULL,
        due_on date NOT NULL,
        base_pence bigint NOT NULL CHECK (base_pence > 0),
        demanded_pence bigint NOT NULL CHECK (demanded_pence > 0),
        provisional boolean NOT NULL,
        working text NOT NULL,
        terms_number integer,
        replaces_id uuid UNIQUE REFERENCES demand (id),
        state text NOT NULL CHECK (state IN ('issued', 'withdrawn')),
        issued_by text NOT NULL,
        issued_at timestamptz NOT NULL,
        withdrawn_on date CHECK (withdrawn_on >= issued_on),
        withdrawn_by text,
        withdrawn_reason text,
        UNIQUE (organisation, reference),
        FOREIGN KEY (obligation_id, terms_number) REFERENCES payment_terms (obligation_id, number),
        CHECK (replaces_id <> id),
        CHECK ((state = 'withdrawn') = (withdrawn_on IS NOT NULL)),
        CHECK ((withdrawn_on IS NULL) = (withdrawn_by IS NULL)),
        CHECK ((withdrawn_on IS NULL) = (withdrawn_reason IS NULL))
    )
    """,
    "CREATE UNIQUE INDEX demand_that_stands ON demand (obligation_id) WHERE state = 'issued'",
    "CREATE INDEX demand_in_order ON demand (due_on, id)",
    """
    CREATE FUNCTION refuse_an_edited_demand() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        before demand := OLD;
    BEGIN
        before.state := NEW.state;
        before.withdrawn_on := NEW.withdrawn_on;
        before.withdrawn_by := NEW.withdrawn_by;
        before.withdrawn_reason := NEW.withdrawn_reason;
        IF OLD.state <> 'issued' OR before IS DISTINCT FROM NEW THEN
            RAISE EXCEPTION 'a demand is never edited: withdraw it and issue another'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER demand_is_never_edited BEFORE UPDATE ON demand
    FOR EACH ROW EXECUTE FUNCTION refuse_an_edited_demand()
    """,
    """
    CREATE TABLE demand_letter (
        demand_id uuid PRIMARY KEY REFERENCES demand (id),
        council_name text NOT NULL,
        council_address text NOT NULL,
        addressee text NOT NULL,
        addressee_address text NOT NULL,
        how_to_pay text NOT NULL
    )
    """,
    """
    CREATE TABLE base_rate (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        bank text NOT NULL,
        effective_on date NOT NULL,
        percent numeric NOT NULL CHECK (percent BETWEEN -10 AND 100),
        source text NOT NULL,
        recorded_by text NOT NULL,
        recorded_at timestamptz NOT NULL
    )
    """,
    "COMMENT ON TABLE base_rate IS 'append-only: corrected only by a further entry'",
    "CREATE INDEX base_rate_of_bank ON base_rate (bank, effective_on, position)",
)


def upgrade() -> None:
    """What is demanded is frozen with what it was worked out from; one demand stands for an obligation."""
    for statement in (*INDICES, *TERMS, *DEMANDS):
        op.execute(statement)


def downgrade() -> None:
    """Demands are letters that went out: restore a backup instead."""
    message = "Demands that went out are not dropped."
    raise RuntimeError(message)
