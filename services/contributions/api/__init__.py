"""HTTP to commands and queries, by what it is about."""

from services.contributions.api import (
    agreements,
    books,
    changes,
    dashboard,
    demands,
    general_ledger,
    imports,
    open_data,
    payees,
    payment_files,
    payments,
    periods,
    pots,
    pricing,
    samples,
    statements,
    triggers,
    wards,
)

ROUTERS = (
    agreements.router,
    changes.router,
    payees.router,
    wards.router,
    imports.router,
    pots.router,
    payments.router,
    payment_files.router,
    books.router,
    periods.router,
    general_ledger.router,
    dashboard.router,
    demands.router,
    open_data.router,
    statements.router,
    pricing.router,
    triggers.router,
    samples.router,
)

__all__ = ["ROUTERS"]
