"""What each service must have kept of others' events, and of its own: each effect once, with its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deploy.audit.copies import copies_are_true
from deploy.audit.effects.of_applicants import OF_APPLICANTS
from deploy.audit.effects.of_others import EFFECTS
from deploy.audit.effects.of_prices import OF_PRICES
from deploy.audit.effects.of_the_fund import OF_THE_FUND

if TYPE_CHECKING:
    from deploy.audit.finding import Finding
    from deploy.audit.snapshot import Snapshot

OWN = (*OF_THE_FUND, *OF_PRICES, *OF_APPLICANTS)

__all__ = ["EFFECTS", "OWN", "effects_are_there_once", "owners_keep_what_they_publish"]


async def effects_are_there_once(snapshot: Snapshot) -> list[Finding]:
    """Every event that a service acts on left its rows there, once and with the same figures."""
    return await copies_are_true(snapshot, EFFECTS)


async def owners_keep_what_they_publish(snapshot: Snapshot) -> list[Finding]:
    """Every fact in a log stands in its owner's own tables, and the reverse."""
    return await copies_are_true(snapshot, OWN)
