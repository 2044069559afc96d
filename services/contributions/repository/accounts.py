"""The balances of pots in SQL, each written once: what their entries add up to."""

from services.contributions.domain.ledger.accounts import BALANCES, SOURCES

COLUMNS = [f"{name}_pence" for name in BALANCES]
"""The columns of `pot` that hold its balances."""


def balances_of_entries() -> str:
    """A column for each balance, named as in BALANCES: the pence of grouped entries of the ledger."""
    return ", ".join(f"{_sum_of(name)} AS {name}" for name in BALANCES)


def _sum_of(balance: str) -> str:
    accounts = BALANCES[balance]
    sign = "-" if SOURCES.issuperset(accounts) else ""
    named = ", ".join(f"'{account}'" for account in accounts)
    return f"{sign}coalesce(sum(amount_pence) FILTER (WHERE account IN ({named})), 0)"
