"""Rows to domain and back: the only place that knows both."""

from services.applications.repository.applications import Applications, no_application
from services.applications.repository.claims import Claims
from services.applications.repository.funds import Funds
from services.applications.repository.organisations import Organisations
from services.applications.repository.outcomes import Outcomes
from services.applications.repository.rows import answers_of

__all__ = [
    "Applications",
    "Claims",
    "Funds",
    "Organisations",
    "Outcomes",
    "answers_of",
    "no_application",
]
