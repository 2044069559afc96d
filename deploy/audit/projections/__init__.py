"""What the portal and assessment show of others' facts: table by table, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deploy.audit.copies import copies_are_true
from deploy.audit.projections.facts import APPLICATIONS, CLAIMS_AND_SAVINGS, REGISTER
from deploy.audit.projections.figures import figures_equal_the_books
from deploy.audit.projections.parts import (
    FUND_MOVEMENT,
    FUNDED,
    FUNDING,
    MEASURE,
    POT_ACT,
    PROGRESS,
    REDRAWN,
    SAVING_METER,
    SPEND_BY,
)

if TYPE_CHECKING:
    from deploy.audit.finding import Finding
    from deploy.audit.snapshot import Snapshot

__all__ = ["PROJECTIONS", "figures_equal_the_books", "projections_are_true"]

PROJECTIONS = (
    *REGISTER,
    *APPLICATIONS,
    *CLAIMS_AND_SAVINGS,
    FUND_MOVEMENT,
    POT_ACT,
    REDRAWN,
    SPEND_BY,
    FUNDED,
    MEASURE,
    SAVING_METER,
    PROGRESS,
    FUNDING,
)


async def projections_are_true(snapshot: Snapshot) -> list[Finding]:
    """Every column of every projection holds what its owner's newest event says."""
    return await copies_are_true(snapshot, PROJECTIONS)
