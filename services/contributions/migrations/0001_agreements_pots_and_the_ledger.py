"""Agreements, pots, the ledger and the funding of grants."""

from alembic import op

revision = "contributions_0001"
down_revision = None
branch_labels = None
depends_on = None

REGISTER = (
    """
    CREATE TABLE agreement (
        id uuid PRIMARY KEY,
        organisation text NOT NULL,
        reference text NOT NULL,
        name text NOT NULL,
        planning_application text NOT NULL,
        kind text CHECK (kind IN ('section_106', 'unilateral_undertaking', 'community_infrastructure_levy',
                                  'section_278')),
        deed_on date,
        document_url text,
        version bigint NOT NULL CHECK (version > 0),
        UNIQUE (organisation, reference)
    )
    """,
    "CREATE INDEX agreement_in_order ON agreement (reference, id)",
    """
    CREATE TABLE obligation (
        id uuid PRIMARY KEY,
        agreement_id uuid NOT NULL REFERENCES agreement (id),
        organisation text,
        reference text NOT NULL,
        purpose text,
        allowed_purposes text[] NOT NULL,
        amount_pence bigint,
        spend_by_months integer CHECK (spend_by_months > 0),
        wards text[] NOT NULL,
        trigger text NOT NULL,
        trigger_met_on date,
        UNIQUE (agreement_id, reference)
    )
    """,
    """
    CREATE TABLE pot (
        id uuid PRIMARY KEY,
        obligation_id uuid NOT NULL REFERENCES obligation (id),
        organisation text NOT NULL,
        spendable_on text[] NOT NULL,
        purpose text,
        wards text[] NOT NULL,
        received_on date,
        spend_by_on date CHECK (spend_by_on >= received_on),
        opened_by text NOT NULL CHECK (opened_by IN ('receipt', 'import')),
        received_pence bigint NOT NULL CHECK (received_pence >= 0),
        available_pence bigint NOT NULL CHECK (available_pence >= 0),
        reserved_pence bigint NOT NULL CHECK (reserved_pence >= 0),
        committed_pence bigint NOT NULL CHECK (committed_pence >= 0),
        payment_requested_pence bigint NOT NULL CHECK (payment_requested_pence >= 0),
        payment_approved_pence bigint NOT NULL CHECK (payment_approved_pence >= 0),
        paid_pence bigint NOT NULL CHECK (paid_pence >= 0),
        CONSTRAINT pot_accounts_for_every_penny CHECK (
            received_pence = available_pence + reserved_pence + committed_pence + payment_requested_pence
                             + payment_approved_pence + paid_pence)
    )
    """,
    "CREATE INDEX pot_of_obligation ON pot (obligation_id)",
    """
    CREATE INDEX pot_to_draw_on ON pot (organisation, spend_by_on NULLS LAST, id) WHERE available_pence > 0
    """,
    "CREATE TABLE known_ward (organisation text, ward text, PRIMARY KEY (organisation, ward))",
)
LEDGER = (
    """
    CREATE TABLE ledger_entry (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        movement_id uuid NOT NULL,
        kind text NOT NULL,
        pot_id uuid NOT NULL REFERENCES pot (id),
        account text NOT NULL CHECK (account IN ('received', 'opening_balance', 'available', 'reserved',
            'committed', 'payment_requested', 'payment_approved', 'paid')),
        amount_pence bigint NOT NULL CHECK (amount_pence <> 0),
        party text,
        application_id uuid,
        happened_on date,
        cause text NOT NULL CHECK (cause IN ('event', 'command')),
        cause_id uuid NOT NULL,
        actor text NOT NULL,
        recorded_at timestamptz NOT NULL
    )
    """,
    "COMMENT ON TABLE ledger_entry IS 'append-only: the fund''s books, corrected only by further entries'",
    "CREATE INDEX ledger_entry_of_pot ON ledger_entry (pot_id, position)",
    """
    CREATE FUNCTION refuse_unbalanced_entries() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT FROM added GROUP BY movement_id, pot_id HAVING sum(amount_pence) <> 0) THEN
            RAISE EXCEPTION 'the entries of a movement do not add up to zero'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER ledger_entry_balances AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_unbalanced_entries()
    """,
    """
    CREATE FUNCTION refuse_any_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% only grows: correct it by a further entry', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    """
    CREATE TRIGGER ledger_entry_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_any_change()
    """,
)
GRANTS = (
    """
    CREATE TABLE grant_funding (
        application_id uuid PRIMARY KEY,
        organisation text NOT NULL,
        award_id uuid UNIQUE,
        reference text,
        grantee text,
        accepted_on date,
        version bigint NOT NULL CHECK (version > 0)
    )
    """,
    """
    CREATE TABLE award (
        id uuid PRIMARY KEY,
        application_id uuid NOT NULL REFERENCES grant_funding (application_id),
        state text NOT NULL CHECK (state IN ('refused', 'reserved', 'committed', 'paid', 'released')),
        requested_pence bigint NOT NULL CHECK (requested_pence > 0),
        lawfully_available_pence bigint CHECK (lawfully_available_pence >= 0),
        decided_on date NOT NULL,
        CHECK ((state = 'refused') = (lawfully_available_pence IS NOT NULL))
    )
    """,
    """
    CREATE UNIQUE INDEX award_that_holds_money ON award (application_id)
    WHERE state IN ('reserved', 'committed', 'paid')
    """,
    """
    CREATE TABLE award_share (
        award_id uuid NOT NULL REFERENCES award (id),
        pot_id uuid NOT NULL REFERENCES pot (id),
        number integer NOT NULL,
        amount_pence bigint NOT NULL CHECK (amount_pence > 0),
        released_pence bigint NOT NULL CHECK (released_pence BETWEEN 0 AND amount_pence),
        without_spend_by boolean NOT NULL,
        PRIMARY KEY (award_id, pot_id),
        UNIQUE (award_id, number)
    )
    """,
    """
    CREATE TABLE claim (
        id uuid PRIMARY KEY,
        application_id uuid NOT NULL REFERENCES grant_funding (application_id),
        milestone text NOT NULL,
        amount_pence bigint NOT NULL,
        verified_on date NOT NULL,
        state text NOT NULL CHECK (state IN ('payable', 'disputed')),
        reason text,
        CHECK ((state = 'disputed') = (reason IS NOT NULL)),
        CHECK (state = 'disputed' OR amount_pence > 0)
    )
    """,
    "CREATE INDEX claim_of_application ON claim (application_id)",
    """
    CREATE TABLE payment (
        id uuid PRIMARY KEY,
        claim_id uuid NOT NULL UNIQUE REFERENCES claim (id),
        application_id uuid NOT NULL REFERENCES grant_funding (application_id),
        award_id uuid NOT NULL REFERENCES award (id),
        state text NOT NULL CHECK (state IN ('requested', 'approved', 'paid')),
        requested_by text NOT NULL,
        requested_on date NOT NULL,
        approved_by text,
        approved_on date CHECK (approved_on >= requested_on),
        voucher text,
        paid_on date CHECK (paid_on >= approved_on),
        CONSTRAINT payment_by_two_people CHECK (approved_by <> requested_by),
        CHECK ((state = 'requested') = (approved_by IS NULL)),
        CHECK ((approved_by IS NULL) = (approved_on IS NULL)),
        CHECK ((state = 'paid') = (paid_on IS NOT NULL)),
        CHECK ((paid_on IS NULL) = (voucher IS NULL))
    )
    """,
    "CREATE INDEX payment_of_application ON payment (application_id)",
    """
    CREATE TABLE payment_share (
        payment_id uuid NOT NULL REFERENCES payment (id),
        pot_id uuid NOT NULL REFERENCES pot (id),
        number integer NOT NULL,
        amount_pence bigint NOT NULL CHECK (amount_pence > 0),
        PRIMARY KEY (payment_id, pot_id)
    )
    """,
)
IMPORTS = (
    """
    CREATE TABLE open_data_import (
        id uuid PRIMARY KEY,
        imported_by text NOT NULL,
        imported_at timestamptz NOT NULL,
        summary text NOT NULL
    )
    """,
    "COMMENT ON TABLE open_data_import IS 'append-only: what was imported when by whom'",
    """
    CREATE TABLE reported_row (
        import_id uuid NOT NULL REFERENCES open_data_import (id),
        dataset text NOT NULL,
        number integer NOT NULL,
        organisation text NOT NULL,
        reference text NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('taken', 'mended', 'warned', 'repeated', 'refused')),
        gravity integer NOT NULL,
        counted boolean NOT NULL,
        notes text NOT NULL,
        content text NOT NULL,
        reported text NOT NULL,
        PRIMARY KEY (import_id, dataset, number)
    )
    """,
    "COMMENT ON TABLE reported_row IS 'append-only: what was reported is kept as reported'",
    """
    CREATE UNIQUE INDEX reported_row_counts_once ON reported_row (organisation, dataset, reference)
    WHERE counted
    """,
    """
    CREATE TABLE reported_position (
        obligation_id uuid PRIMARY KEY REFERENCES obligation (id),
        organisation text NOT NULL,
        secured_pence bigint NOT NULL,
        received_pence bigint NOT NULL,
        allocated_pence bigint NOT NULL,
        transferred_pence bigint NOT NULL,
        spent_pence bigint NOT NULL,
        returned_pence bigint NOT NULL,
        exception text CHECK (exception IN ('more_gone_than_received', 'outgoing_below_zero',
                                            'differs_from_books'))
    )
    """,
)


def upgrade() -> None:
    """Create the tables; money that is not there cannot be moved, whoever writes."""
    for statement in (*REGISTER, *LEDGER, *GRANTS, *IMPORTS):
        op.execute(statement)


def downgrade() -> None:
    """The books are never dropped: restore a backup instead."""
    message = "The ledger is the fund's books; it is not dropped."
    raise RuntimeError(message)
