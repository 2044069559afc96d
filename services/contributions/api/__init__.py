"""HTTP to commands and queries, by what it is about."""

from services.contributions.api import (
    agreements,
    books,
    dashboard,
    demands,
    general_ledger,
    imports,
    open_data,
    payments,
    periods,
    pots,
    statements,
)

ROUTERS = (
    agreements.router,
    imports.router,
    pots.router,
    payments.router,
    books.router,
    periods.router,
    general_ledger.router,
    dashboard.router,
    demands.router,
    open_data.router,
    statements.router,
)

__all__ = ["ROUTERS"]
