"""Every entry is booked on a day; months and years are closed, and nothing is booked in them any more."""

from alembic import op

revision = "contributions_0008"
down_revision = "contributions_0007"
branch_labels = None
depends_on = None

PERIODS = (
    """
    CREATE TABLE closed_period (
        organisation text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('month', 'year')),
        first_on date NOT NULL CHECK (extract(day FROM first_on) = 1),
        last_on date NOT NULL,
        last_position bigint NOT NULL CHECK (last_position >= 0),
        closed_by text NOT NULL,
        closed_at timestamptz NOT NULL,
        PRIMARY KEY (organisation, kind, first_on),
        CHECK (kind = 'month' OR extract(month FROM first_on) = 4),
        CHECK (last_on = (first_on + CASE kind WHEN 'month' THEN interval '1 month'
                                               ELSE interval '1 year' END)::date - 1)
    )
    """,
    """
    COMMENT ON TABLE closed_period IS
    'append-only: what is closed stays closed, and is corrected by entries after it'
    """,
    """
    CREATE TABLE closed_balance (
        organisation text NOT NULL,
        kind text NOT NULL,
        first_on date NOT NULL,
        account text NOT NULL,
        total_pence bigint NOT NULL,
        PRIMARY KEY (organisation, kind, first_on, account),
        FOREIGN KEY (organisation, kind, first_on) REFERENCES closed_period (organisation, kind, first_on)
    )
    """,
    "COMMENT ON TABLE closed_balance IS 'append-only: the trial balance that each close saw'",
    *(
        f"""
        CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_any_change()
        """
        for table in ("closed_period", "closed_balance")
    ),
    """
    CREATE FUNCTION refuse_period_out_of_turn() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        last_closed date;
        months_closed date;
    BEGIN
        PERFORM pg_advisory_xact_lock(1061, hashtext(NEW.organisation));
        SELECT max(last_on) FILTER (WHERE kind = NEW.kind), max(last_on) FILTER (WHERE kind = 'month')
        INTO last_closed, months_closed FROM closed_period WHERE organisation = NEW.organisation;
        IF last_closed IS NOT NULL AND NEW.first_on <> last_closed + 1 THEN
            RAISE EXCEPTION 'the next period to be closed begins on %', last_closed + 1
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.kind = 'year' AND coalesce(months_closed < NEW.last_on, true) THEN
            RAISE EXCEPTION 'a year is closed after its months' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER closed_period_in_turn BEFORE INSERT ON closed_period
    FOR EACH ROW EXECUTE FUNCTION refuse_period_out_of_turn()
    """,
)
BOOKED = (
    "ALTER TABLE ledger_entry ADD COLUMN booked_on date",
    """
    ALTER TABLE ledger_entry ALTER COLUMN booked_on TYPE date
    USING coalesce(happened_on, (recorded_at AT TIME ZONE 'Europe/London')::date)
    """,
    "ALTER TABLE ledger_entry ALTER COLUMN booked_on SET NOT NULL",
    "CREATE INDEX ledger_entry_of_account ON ledger_entry (account, booked_on, position)",
    """
    CREATE FUNCTION book_in_an_open_period() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        its_organisation text;
        due_on date;
    BEGIN
        SELECT organisation INTO its_organisation FROM pot WHERE id = NEW.pot_id;
        PERFORM pg_advisory_xact_lock_shared(1061, hashtext(its_organisation));
        SELECT greatest(coalesce(NEW.happened_on, (NEW.recorded_at AT TIME ZONE 'Europe/London')::date),
                        max(last_on) + 1)
        INTO due_on FROM closed_period WHERE organisation = its_organisation AND kind = 'month';
        IF NEW.booked_on <> due_on THEN
            RAISE EXCEPTION 'the entry belongs on %, not on %', due_on, NEW.booked_on
                USING ERRCODE = 'check_violation';
        END IF;
        NEW.booked_on := due_on;
        RETURN NEW;
    END $$
    """,
    """
    COMMENT ON FUNCTION book_in_an_open_period IS
    'on the day it happened, or was recorded, or else the first open one; who closes holds the lock alone'
    """,
    """
    CREATE TRIGGER ledger_entry_in_an_open_period BEFORE INSERT ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION book_in_an_open_period()
    """,
)


def upgrade() -> None:
    """Entries of before are booked on the day they happened; changing a column's type passes no trigger."""
    for statement in (*PERIODS, *BOOKED):
        op.execute(statement)


def downgrade() -> None:
    """What was closed stays closed: restore a backup instead."""
    message = "Closed periods are part of the books; they are not dropped."
    raise RuntimeError(message)
