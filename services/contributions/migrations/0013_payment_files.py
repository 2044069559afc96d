"""Files of approved payments for the finance system, and what it gives back."""

from alembic import op

revision = "contributions_0013"
down_revision = "contributions_0012"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE supplier (
        organisation text NOT NULL,
        grantee text NOT NULL,
        supplier_number text NOT NULL CHECK (supplier_number ~ '^[A-Za-z0-9][A-Za-z0-9/._-]{0,29}$'),
        entered_by text NOT NULL,
        entered_at timestamptz NOT NULL,
        PRIMARY KEY (organisation, grantee)
    )
    """,
    """
    CREATE TABLE payment_batch (
        id uuid PRIMARY KEY,
        organisation text NOT NULL,
        number integer NOT NULL CHECK (number > 0),
        payments integer NOT NULL CHECK (payments > 0),
        total_pence bigint NOT NULL CHECK (total_pence > 0),
        sha256 text NOT NULL,
        content text NOT NULL,
        exported_by text NOT NULL,
        exported_at timestamptz NOT NULL,
        UNIQUE (organisation, number)
    )
    """,
    "COMMENT ON TABLE payment_batch IS 'append-only: what was handed to finance, as it was'",
    """
    CREATE TABLE batched_payment (
        payment_id uuid PRIMARY KEY REFERENCES payment (id),
        batch_id uuid NOT NULL REFERENCES payment_batch (id),
        organisation text NOT NULL,
        reference text NOT NULL,
        supplier_number text NOT NULL,
        amount_pence bigint NOT NULL CHECK (amount_pence > 0),
        UNIQUE (organisation, reference)
    )
    """,
    "COMMENT ON TABLE batched_payment IS 'append-only: a payment is handed over once'",
    """
    CREATE TABLE voucher (
        organisation text NOT NULL,
        voucher text NOT NULL,
        payment_id uuid NOT NULL UNIQUE REFERENCES payment (id),
        PRIMARY KEY (organisation, voucher)
    )
    """,
    "COMMENT ON TABLE voucher IS 'append-only: a voucher stands for one payment'",
    """
    INSERT INTO voucher (organisation, voucher, payment_id)
    SELECT DISTINCT ON (g.organisation, p.voucher) g.organisation, p.voucher, p.id
    FROM payment p JOIN grant_funding g USING (application_id) WHERE p.voucher IS NOT NULL
    ORDER BY g.organisation, p.voucher, p.paid_on, p.id
    """,
    """
    CREATE TABLE payment_return (
        id uuid PRIMARY KEY,
        organisation text NOT NULL,
        rows text NOT NULL,
        taken_by text NOT NULL,
        taken_at timestamptz NOT NULL
    )
    """,
    "COMMENT ON TABLE payment_return IS 'append-only: what finance gave back'",
)


def upgrade() -> None:
    """A payment is handed over in one file, and a voucher stands for one payment."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """What was handed to finance is part of the books: restore a backup instead."""
    message = "Payments may have been handed over; their files are not dropped."
    raise RuntimeError(message)
