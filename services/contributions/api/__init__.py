"""HTTP to commands and queries, by what it is about."""

from services.contributions.api import agreements, books, imports, payments, pots

ROUTERS = (agreements.router, imports.router, pots.router, payments.router, books.router)

__all__ = ["ROUTERS"]
