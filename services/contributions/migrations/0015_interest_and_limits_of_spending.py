"""Interest shared out, spend-by dates extended, limits by recipient, and shares drawn otherwise."""

from alembic import op

revision = "contributions_0015"
down_revision = "contributions_0014"
branch_labels = None
depends_on = None

TABLES = (
    """
    CREATE TABLE interest_period (
        id uuid PRIMARY KEY,
        organisation text NOT NULL,
        period_start date NOT NULL,
        period_end date NOT NULL CHECK (period_end >= period_start),
        amount_pence bigint NOT NULL CHECK (amount_pence > 0),
        shared_on date NOT NULL,
        shared_by text NOT NULL,
        UNIQUE (organisation, period_start)
    )
    """,
    "COMMENT ON TABLE interest_period IS 'append-only: interest is shared out once and for good'",
    """
    CREATE TABLE interest_share (
        interest_id uuid NOT NULL REFERENCES interest_period (id),
        pot_id uuid NOT NULL REFERENCES pot (id),
        amount_pence bigint NOT NULL CHECK (amount_pence > 0),
        pence_days bigint NOT NULL CHECK (pence_days > 0),
        PRIMARY KEY (interest_id, pot_id)
    )
    """,
    "COMMENT ON TABLE interest_share IS 'append-only: interest is shared out once and for good'",
    """
    CREATE TABLE spend_by_extension (
        pot_id uuid NOT NULL REFERENCES pot (id),
        sequence bigint NOT NULL,
        spend_by_before date NOT NULL,
        spend_by_on date NOT NULL CHECK (spend_by_on > spend_by_before),
        deed_on date NOT NULL,
        document_url text,
        extended_by text NOT NULL,
        PRIMARY KEY (pot_id, sequence)
    )
    """,
    "COMMENT ON TABLE spend_by_extension IS 'append-only: every date a deed of variation gave is kept'",
    """
    CREATE TABLE award_redraw (
        award_id uuid NOT NULL REFERENCES award (id),
        sequence bigint NOT NULL,
        reason text NOT NULL CHECK (reason <> ''),
        redrawn_on date NOT NULL,
        redrawn_by text NOT NULL,
        PRIMARY KEY (award_id, sequence)
    )
    """,
    "COMMENT ON TABLE award_redraw IS 'append-only: why and by whom an award was drawn from other pots'",
)
LIMITS = (
    "ALTER TABLE pot ADD COLUMN recipients text[] NOT NULL DEFAULT '{}'",
    """
    ALTER TABLE award ADD COLUMN ward text, ADD COLUMN purposes text NOT NULL DEFAULT '',
        ADD COLUMN recipient text
    """,
    """
    CREATE FUNCTION lawful_pots(
        of_organisation text, for_purposes text[], in_ward text, for_recipient text, decided_on date,
        pence bigint
    ) RETURNS SETOF pot LANGUAGE plpgsql STABLE SET enable_sort = off AS $$
    DECLARE
        one pot;
        found_pence bigint := 0;
    BEGIN
        FOR one IN
            SELECT * FROM pot
            WHERE organisation = of_organisation AND available_pence > 0
              AND spendable_on && for_purposes AND (wards = '{}' OR in_ward = ANY (wards))
              AND (recipients = '{}' OR for_recipient = ANY (recipients))
              AND (spend_by_on IS NULL OR spend_by_on >= decided_on)
            ORDER BY spend_by_on NULLS LAST, id
        LOOP
            RETURN NEXT one;
            found_pence := found_pence + one.available_pence;
            EXIT WHEN found_pence >= pence;
        END LOOP;
    END $$
    """,
    """
    COMMENT ON FUNCTION lawful_pots (text, text[], text, text, date, bigint) IS
    'earliest spend-by first, from the index in that order: a sort would read all pots of the fund each time'
    """,
)


def upgrade() -> None:
    """The function without recipients stays for the service before this one."""
    for statement in (*TABLES, *LIMITS):
        op.execute(statement)


def downgrade() -> None:
    """What was shared out and extended is part of the books: restore a backup instead."""
    message = "Interest may have been shared out; what says so is not dropped."
    raise RuntimeError(message)
