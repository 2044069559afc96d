"""What the service knows, as view models read by SQL."""

from services.applications.queries.applications import get_application, get_saving, list_applications
from services.applications.queries.assessing import get_for_assessment
from services.applications.queries.claims import get_evidence, list_claims
from services.applications.queries.registers import get_fund, list_funds, list_organisations

__all__ = [
    "get_application",
    "get_evidence",
    "get_for_assessment",
    "get_fund",
    "get_saving",
    "list_applications",
    "list_claims",
    "list_funds",
    "list_organisations",
]
