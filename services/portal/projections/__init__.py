"""The read model: every owner's facts, each written into its own columns, in whatever order they come."""

from services.portal.projections import applications, assessment, contributions, monitoring
from services.portal.projections.projecting import projector
from shared.messaging import Handlers

OWNERS = (contributions, applications, assessment, monitoring)


def subscribe(handlers: Handlers) -> None:
    """Read every event of the fund; those that the read model does not show still count as progress."""
    for owner in OWNERS:
        handlers.project(owner.EVENTS, projector(owner.rows))
