"""HTTP to command, and query to HTTP."""

from services.applications.api import applications, claims, registers, sections

ROUTERS = [registers.router, applications.router, sections.router, claims.router]
"""All routes of the service."""

__all__ = ["ROUTERS"]
