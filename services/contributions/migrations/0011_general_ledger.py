"""The council's general ledger beside the fund's: its lines, what each of them is, and months signed off."""

from alembic import op

revision = "contributions_0011"
down_revision = "contributions_0010"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE VIEW cash_movement AS
    SELECT e.movement_id, p.organisation, e.booked_on, min(e.kind) AS kind, min(e.happened_on) AS happened_on,
           min(e.party) AS party, CAST(min(CAST(e.application_id AS text)) AS uuid) AS application_id,
           CAST(min(CAST(e.pot_id AS text)) AS uuid) AS pot_id,
           CAST(-sum(e.amount_pence) AS bigint) AS amount_pence
    FROM ledger_entry e JOIN pot p ON p.id = e.pot_id
    WHERE e.account IN ('received', 'opening_balance', 'interest_earned', 'paid', 'returned')
    GROUP BY e.movement_id, p.organisation, e.booked_on
    """,
    """
    COMMENT ON VIEW cash_movement IS
    'movements that a bank would see: above zero money came to the fund, below zero it left'
    """,
    """
    CREATE TABLE general_ledger_columns (
        organisation text PRIMARY KEY,
        columns text NOT NULL,
        chosen_by text NOT NULL,
        chosen_at timestamptz NOT NULL
    )
    """,
    """
    CREATE TABLE general_ledger_file (
        id uuid PRIMARY KEY,
        organisation text NOT NULL,
        content bytea,
        columns text NOT NULL,
        sent_by text NOT NULL,
        sent_at timestamptz NOT NULL,
        imported_by text,
        imported_at timestamptz,
        taken integer CHECK (taken >= 0),
        repeated integer CHECK (repeated >= 0),
        problems text,
        CHECK ((imported_at IS NULL) = (content IS NOT NULL)),
        CHECK ((imported_at IS NULL) = (imported_by IS NULL)),
        CHECK ((imported_at IS NULL) = (problems IS NULL))
    )
    """,
    """
    CREATE TABLE general_ledger_line (
        id uuid PRIMARY KEY,
        organisation text NOT NULL,
        file_id uuid NOT NULL REFERENCES general_ledger_file (id),
        number integer NOT NULL,
        document text NOT NULL,
        line text NOT NULL,
        posted_on date NOT NULL,
        amount_pence bigint NOT NULL CHECK (amount_pence <> 0),
        reference text NOT NULL,
        description text NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'matched', 'explained', 'disputed')),
        movement_id uuid UNIQUE,
        reason text,
        decided_by text,
        decided_at timestamptz,
        UNIQUE (organisation, document, line, amount_pence, posted_on),
        CHECK ((state = 'matched') = (movement_id IS NOT NULL)),
        CHECK ((state IN ('explained', 'disputed')) = (reason IS NOT NULL)),
        CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
        CHECK (state = 'open' OR decided_by IS NOT NULL)
    )
    """,
    """
    CREATE INDEX general_ledger_line_in_order ON general_ledger_line (organisation, state, posted_on, id)
    """,
    """
    CREATE TABLE general_ledger_decision (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        line_id uuid NOT NULL REFERENCES general_ledger_line (id),
        state text NOT NULL,
        movement_id uuid,
        reason text,
        decided_by text NOT NULL,
        decided_at timestamptz NOT NULL
    )
    """,
    "COMMENT ON TABLE general_ledger_decision IS 'append-only: every decision on every line'",
    """
    CREATE TABLE explained_movement (
        movement_id uuid PRIMARY KEY,
        organisation text NOT NULL,
        reason text NOT NULL,
        explained_by text NOT NULL,
        explained_at timestamptz NOT NULL
    )
    """,
    "COMMENT ON TABLE explained_movement IS 'append-only: why the general ledger lacks a movement'",
    """
    CREATE TABLE reconciliation (
        organisation text NOT NULL,
        first_on date NOT NULL CHECK (extract(day FROM first_on) = 1),
        last_on date NOT NULL,
        general_ledger_pence bigint NOT NULL,
        fund_pence bigint NOT NULL,
        explained_pence bigint NOT NULL,
        outstanding_pence bigint NOT NULL,
        prepared_by text NOT NULL,
        prepared_at timestamptz NOT NULL,
        approved_by text,
        approved_at timestamptz,
        PRIMARY KEY (organisation, first_on),
        CHECK (last_on = (first_on + interval '1 month')::date - 1),
        CONSTRAINT reconciliation_agrees CHECK (
            general_ledger_pence = fund_pence + explained_pence - outstanding_pence),
        CONSTRAINT reconciliation_by_two_people CHECK (approved_by <> prepared_by),
        CHECK ((approved_by IS NULL) = (approved_at IS NULL))
    )
    """,
    """
    CREATE FUNCTION refuse_signed_off_line() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT FROM reconciliation r WHERE r.organisation = NEW.organisation
                   AND r.approved_by IS NOT NULL AND r.last_on >= NEW.posted_on) THEN
            RAISE EXCEPTION 'the month of % is signed off', NEW.posted_on USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER general_ledger_line_of_an_open_month BEFORE INSERT OR UPDATE ON general_ledger_line
    FOR EACH ROW EXECUTE FUNCTION refuse_signed_off_line()
    """,
)


def upgrade() -> None:
    """A movement is matched once, a line has one fate, and a month is signed by two people."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """What was signed off stays so: restore a backup instead."""
    message = "Signed-off months are part of the books; they are not dropped."
    raise RuntimeError(message)
