"""Pots whose unspent money passes its spend-by date soon, and what it could still lawfully fund."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.months import add_months
from services.contributions.domain.pots.drawing import Award, why_unlawful
from services.contributions.domain.pots.pot import Pot
from services.contributions.repository.books import to_pot

WITHIN_MONTHS = (3, 6, 12, 18)
"""How Hillingdon and others look at it: monthly, at what passes within 18 months, the nearest first."""
POTS = text(
    """
    SELECT p.*, o.reference, o.agreement_id, o.spend_by_counts,
           p.available_pence + p.reserved_pence + CASE WHEN o.spend_by_counts = 'committed' THEN 0
               ELSE p.committed_pence + p.payment_requested_pence + p.payment_approved_pence END
           AS unspent_pence
    FROM pot p JOIN obligation o ON o.id = p.obligation_id
    WHERE p.spend_by_on <= :until AND (CAST(:organisation AS text) IS NULL OR p.organisation = :organisation)
    ORDER BY p.spend_by_on, p.id
    """
)
WANTING = text(
    """
    SELECT a.application_id, g.reference, a.requested_pence,
           a.requested_pence - a.lawfully_available_pence AS shortfall_pence, a.decided_on, g.organisation,
           a.ward, a.purposes, a.recipient
    FROM award a JOIN grant_funding g USING (application_id)
    WHERE a.state = 'refused' AND g.award_id IS NULL AND a.ward IS NOT NULL
    ORDER BY a.decided_on, a.id
    """
)
WARDS = text("SELECT organisation, ward FROM known_ward ORDER BY ward")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantingAward:
    """An award that was refused for want of money, and how much was missing, in pence."""

    application_id: UUID
    reference: str | None
    requested_pence: int
    shortfall_pence: int
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRiskPot:
    """A pot with unspent money near or past its date, in pence.

    `unspent_pence` is by the deed's rule: where commitments count, only what no accepted grant holds; where
    they do not, or nobody has said, all that was not paid. `within_months` is 0 once the date has passed.
    `wards` are those it may be spent in: the fund's wards where the deed names none. `could_fund` are awards
    that lack money and may lawfully draw on it today.
    """

    pot_id: UUID
    agreement_id: UUID
    reference: str
    organisation: str
    spend_by_on: date
    days_left: int
    within_months: int
    spend_by_counts: str | None
    unspent_pence: int
    available_pence: int
    purposes: list[str]
    anywhere: bool
    wards: list[str]
    recipients: list[str]
    could_fund: list[WantingAward]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRisk:
    """The pots at risk on a day, the earliest date first, and what is unspent of them in all, in pence."""

    as_at: date
    months: int
    unspent_pence: int
    pots: list[AtRiskPot]


async def pots_at_risk(session: AsyncSession, today: date, months: int, organisation: str | None) -> AtRisk:
    """Pots with unspent money whose date has passed or passes within so many months."""
    wanted = {"until": add_months(today, months), "organisation": organisation}
    rows = [row for row in await session.execute(POTS, wanted) if row.unspent_pence]
    wanting = (await session.execute(WANTING)).all()
    wards = (await session.execute(WARDS)).all()
    pots = [_view(row, wanting, wards, today) for row in rows]
    total_pence = sum(pot.unspent_pence for pot in pots)
    return AtRisk(as_at=today, months=months, unspent_pence=total_pence, pots=pots)


def _view(row: Any, wanting: Any, wards: Any, today: date) -> AtRiskPot:
    pot = to_pot(row)
    known = [each.ward for each in wards if each.organisation == row.organisation]
    return AtRiskPot(
        pot_id=row.id,
        agreement_id=row.agreement_id,
        reference=row.reference,
        organisation=row.organisation,
        spend_by_on=row.spend_by_on,
        days_left=(row.spend_by_on - today).days,
        within_months=_band(row.spend_by_on, today),
        spend_by_counts=row.spend_by_counts,
        unspent_pence=row.unspent_pence,
        available_pence=row.available_pence,
        purposes=sorted(pot.spendable_on),
        anywhere=not pot.wards,
        wards=sorted(pot.wards) or known,
        recipients=sorted(pot.recipients),
        could_fund=[_wanting(each) for each in wanting if _may_draw(each, pot, today)]
        if row.available_pence
        else [],
    )


def _band(spend_by_on: date, today: date) -> int:
    if spend_by_on < today:
        return 0
    return next(months for months in WITHIN_MONTHS if spend_by_on <= add_months(today, months))


def _may_draw(row: Any, pot: Pot, today: date) -> bool:
    award = Award(
        application_id=row.application_id,
        amount_pence=row.requested_pence,
        organisation=row.organisation,
        ward=row.ward,
        purposes=frozenset(row.purposes.split()),
        decided_on=max(row.decided_on, today),
        recipient=row.recipient,
    )
    return why_unlawful(award, pot) is None


def _wanting(row: Any) -> WantingAward:
    return WantingAward(
        application_id=row.application_id,
        reference=row.reference,
        requested_pence=row.requested_pence,
        shortfall_pence=row.shortfall_pence,
        decided_on=row.decided_on,
    )
