"""Projects with their promise, claims, meters, readings, temperatures, boundaries, baselines and savings."""

from alembic import op

revision = "monitoring_0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE project (
        application_id uuid PRIMARY KEY,
        version bigint NOT NULL CHECK (version > 0),
        reference text NOT NULL,
        organisation_id uuid NOT NULL,
        organisation_name text NOT NULL,
        people uuid[] NOT NULL,
        building jsonb NOT NULL,
        amount_pence bigint NOT NULL CHECK (amount_pence > 0),
        accepted_on date NOT NULL,
        promised_kwh numeric NOT NULL,
        promised_kg_co2e numeric NOT NULL,
        factor_edition text NOT NULL,
        completed_on date CHECK (completed_on >= accepted_on)
    )
    """,
    """
    CREATE TABLE promised_measure (
        application_id uuid NOT NULL REFERENCES project,
        measure_id uuid NOT NULL,
        kind text NOT NULL,
        fuel text NOT NULL,
        lifetime_years integer NOT NULL,
        promised_kwh numeric NOT NULL,
        promised_kg_co2e numeric NOT NULL,
        added_fuel text,
        added_kwh numeric,
        PRIMARY KEY (application_id, measure_id)
    )
    """,
    "COMMENT ON TABLE promised_measure IS 'append-only: a promise is frozen when the offer is accepted'",
    """
    CREATE TABLE stated_energy (
        application_id uuid NOT NULL REFERENCES project,
        place integer NOT NULL,
        fuel text NOT NULL,
        period_start date NOT NULL,
        period_end date NOT NULL CHECK (period_end > period_start),
        kwh numeric NOT NULL,
        PRIMARY KEY (application_id, place)
    )
    """,
    "COMMENT ON TABLE stated_energy IS 'append-only: a promise is frozen when the offer is accepted'",
    """
    CREATE TABLE claim (
        claim_id uuid PRIMARY KEY,
        application_id uuid NOT NULL REFERENCES project,
        claimant_id uuid NOT NULL,
        milestone text NOT NULL,
        amount_pence bigint NOT NULL CHECK (amount_pence > 0),
        claimed_on date NOT NULL,
        evidence_count integer NOT NULL CHECK (evidence_count >= 0),
        verified_on date CHECK (verified_on >= claimed_on),
        verifier_id uuid CHECK (verifier_id <> claimant_id),
        finding text CHECK (finding <> ''),
        CONSTRAINT claim_verified_wholly CHECK (num_nonnulls(verified_on, verifier_id, finding) IN (0, 3))
    )
    """,
    "CREATE INDEX ON claim (application_id)",
    """
    CREATE TABLE meter (
        meter_id uuid PRIMARY KEY,
        application_id uuid NOT NULL REFERENCES project,
        name text NOT NULL CHECK (name <> ''),
        fuel text NOT NULL,
        UNIQUE (application_id, name)
    )
    """,
    """
    CREATE TABLE readings_import (
        import_id uuid PRIMARY KEY,
        meter_id uuid NOT NULL REFERENCES meter,
        file_sha256 text NOT NULL,
        stated jsonb NOT NULL,
        supplied_by uuid NOT NULL,
        imported_at timestamptz NOT NULL,
        used_from date,
        used_until date,
        report jsonb NOT NULL,
        UNIQUE (meter_id, file_sha256, stated),
        UNIQUE (import_id, meter_id)
    )
    """,
    "COMMENT ON TABLE readings_import IS 'append-only: what was supplied, and by whom, stands'",
    # A reading refers to an import of its own meter: nobody's readings are without their supplier.
    """
    CREATE TABLE reading (
        meter_id uuid NOT NULL,
        day date NOT NULL,
        kwh numeric NOT NULL CHECK (kwh >= 0),
        import_id uuid NOT NULL,
        PRIMARY KEY (meter_id, day),
        FOREIGN KEY (import_id, meter_id) REFERENCES readings_import (import_id, meter_id)
    )
    """,
    "COMMENT ON TABLE reading IS 'append-only: readings are not corrected in this version'",
    """
    CREATE TABLE waiting_hour (
        meter_id uuid NOT NULL REFERENCES meter,
        hour timestamptz NOT NULL,
        kwh numeric NOT NULL CHECK (kwh >= 0),
        PRIMARY KEY (meter_id, hour)
    )
    """,
    """
    CREATE TABLE station (
        station_id uuid PRIMARY KEY,
        name text NOT NULL UNIQUE CHECK (name <> ''),
        generated boolean NOT NULL
    )
    """,
    "COMMENT ON TABLE station IS 'append-only: whether temperatures are generated never changes'",
    """
    CREATE TABLE temperatures_import (
        import_id uuid PRIMARY KEY,
        station_id uuid NOT NULL REFERENCES station,
        file_sha256 text NOT NULL,
        stated jsonb NOT NULL,
        supplied_by uuid NOT NULL,
        imported_at timestamptz NOT NULL,
        report jsonb NOT NULL,
        UNIQUE (station_id, file_sha256, stated),
        UNIQUE (import_id, station_id)
    )
    """,
    "COMMENT ON TABLE temperatures_import IS 'append-only: what was supplied, and by whom, stands'",
    """
    CREATE TABLE temperature (
        station_id uuid NOT NULL,
        day date NOT NULL,
        celsius numeric NOT NULL CHECK (celsius BETWEEN -40 AND 50),
        import_id uuid NOT NULL,
        PRIMARY KEY (station_id, day),
        FOREIGN KEY (import_id, station_id) REFERENCES temperatures_import (import_id, station_id)
    )
    """,
    "COMMENT ON TABLE temperature IS 'append-only: temperatures are not corrected in this version'",
    """
    CREATE TABLE boundary (
        application_id uuid NOT NULL REFERENCES project,
        sequence bigint NOT NULL,
        complete boolean NOT NULL,
        reason text NOT NULL CHECK (reason <> ''),
        declared_on date NOT NULL,
        declared_by uuid NOT NULL,
        fuels text[] NOT NULL,
        meter_ids uuid[] NOT NULL,
        PRIMARY KEY (application_id, sequence)
    )
    """,
    "COMMENT ON TABLE boundary IS 'append-only: each declaration stands, the latest counts'",
    """
    CREATE TABLE baseline (
        meter_id uuid PRIMARY KEY REFERENCES meter,
        station_id uuid NOT NULL REFERENCES station,
        period_start date NOT NULL,
        period_end date NOT NULL CHECK (period_end > period_start),
        model jsonb NOT NULL,
        frozen_by uuid NOT NULL,
        frozen_at timestamptz NOT NULL
    )
    """,
    "COMMENT ON TABLE baseline IS 'append-only: a baseline is frozen once'",
    # That no two periods of a project overlap is held by the project's row lock: an exclusion constraint
    # over uuid and range would need an extension.
    """
    CREATE TABLE saving (
        saving_id uuid PRIMARY KEY,
        application_id uuid NOT NULL REFERENCES project,
        period_start date NOT NULL,
        period_end date NOT NULL CHECK (period_end > period_start),
        verified_on date NOT NULL CHECK (verified_on >= period_end),
        verifier_id uuid NOT NULL,
        avoided_kwh numeric NOT NULL,
        saved_kg_co2e numeric NOT NULL,
        verdict text NOT NULL,
        published jsonb NOT NULL,
        UNIQUE (application_id, period_start)
    )
    """,
    "COMMENT ON TABLE saving IS 'append-only: a verified saving is never silently redone'",
)


def upgrade() -> None:
    """Create the tables; what must never be is forbidden here, whatever the code does."""
    for statement in STATEMENTS:
        op.execute(statement)
