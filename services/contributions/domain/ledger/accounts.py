"""The fund's accounts, and the balances of a pot that they add up to."""

from collections.abc import Mapping
from enum import StrEnum


class Account(StrEnum):
    """Where a pot's money is; the first three say where it came from and are credited."""

    RECEIVED = "received"
    OPENING_BALANCE = "opening_balance"
    INTEREST_EARNED = "interest_earned"
    AVAILABLE = "available"
    RESERVED = "reserved"
    COMMITTED = "committed"
    PAYMENT_REQUESTED = "payment_requested"
    PAYMENT_APPROVED = "payment_approved"
    PAID = "paid"
    REFUND_REQUESTED = "refund_requested"
    REFUND_APPROVED = "refund_approved"
    RETURNED = "returned"


SOURCES = frozenset({Account.RECEIVED, Account.OPENING_BALANCE, Account.INTEREST_EARNED})
OUTSIDE = SOURCES | {Account.PAID, Account.RETURNED}
"""The accounts that face somebody outside the fund: a developer, a bank, a grantee."""

BALANCES: Mapping[str, tuple[Account, ...]] = {
    "received": (Account.RECEIVED, Account.OPENING_BALANCE),
    "interest": (Account.INTEREST_EARNED,),
    **{account.value: (account,) for account in Account if account not in SOURCES},
}
"""The balances of a pot, and the accounts whose entries each adds up; credits of a source count upwards.

What was received and the interest together equal the sum of all the others.
"""
