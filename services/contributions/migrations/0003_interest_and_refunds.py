"""Accounts for interest that a pot earned and for money that goes back to a developer."""

from alembic import op

revision = "contributions_0003"
down_revision = "contributions_0002"
branch_labels = None
depends_on = None

NEW = ("interest", "refund_requested", "refund_approved", "returned")
STATEMENTS = (
    *(
        f"ALTER TABLE pot ADD COLUMN {name}_pence bigint NOT NULL DEFAULT 0 CHECK ({name}_pence >= 0)"
        for name in NEW
    ),
    *(f"ALTER TABLE pot ALTER COLUMN {name}_pence DROP DEFAULT" for name in NEW),
    "ALTER TABLE pot DROP CONSTRAINT pot_accounts_for_every_penny",
    """
    ALTER TABLE pot ADD CONSTRAINT pot_accounts_for_every_penny CHECK (
        received_pence + interest_pence
        = available_pence + reserved_pence + committed_pence + payment_requested_pence
          + payment_approved_pence + paid_pence + refund_requested_pence + refund_approved_pence
          + returned_pence)
    """,
    "ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_account_check",
    """
    ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_account_check CHECK (account IN (
        'received', 'opening_balance', 'interest_earned', 'available', 'reserved', 'committed',
        'payment_requested', 'payment_approved', 'paid', 'refund_requested', 'refund_approved', 'returned'))
    """,
)


def upgrade() -> None:
    """Every penny is still accounted for, the new ones too."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """The books are never narrowed: restore a backup instead."""
    message = "Entries may stand on the new accounts; they are not dropped."
    raise RuntimeError(message)
