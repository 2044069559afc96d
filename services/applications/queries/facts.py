"""The facts of applications in one statement, and the states they speak of."""

from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.applications.domain.sections import Answers, SectionName
from services.applications.domain.status import Status, status_of
from services.applications.queries.views import DecisionView, FundView, OfferView, RefusedFundingView
from services.applications.repository import answers_of
from shared.events.applications import FundTerms

FACTS = """
    SELECT a.id, a.reference, a.version, a.sequence, a.started_at, a.submitted_on,
           a.organisation_id, o.name AS organisation_name, o.kind AS organisation_kind,
           a.fund_id, f.opens_on, f.terms,
           d.outcome, d.award_id, d.amount_pence AS awarded_pence, d.decided_on, d.reasons, d.way_forward,
           r.award_id AS refused_award_id, r.available_pence, r.shortfall_pence,
           g.award_id AS offered_award_id, g.amount_pence AS offered_pence, g.decided_on AS offered_on,
           g.accepted_on, g.declined_on, g.claimed_pence
    FROM application a
    JOIN fund f ON f.id = a.fund_id
    JOIN organisation o ON o.id = a.organisation_id
    LEFT JOIN decision d ON d.application_id = a.id
    LEFT JOIN refused_funding r ON r.application_id = a.id
    LEFT JOIN offer g ON g.application_id = a.id
"""
IS_MEMBER = """
    EXISTS (SELECT FROM organisation_member m
            WHERE m.organisation_id = a.organisation_id AND m.person_id = :person_id)
"""
ONE = text(f"{FACTS} WHERE a.id = :application_id")
ONE_OWN = text(f"{FACTS} WHERE a.id = :application_id AND {IS_MEMBER}")
ALL_OWN = text(f"{FACTS} WHERE {IS_MEMBER} ORDER BY a.started_at DESC, a.id")
SECTIONS = text(
    """
    SELECT application_id, section, answers FROM application_section
    WHERE application_id = ANY (CAST(:ids AS uuid[]))
    """
)


async def sections_of(session: AsyncSession, ids: list[UUID]) -> dict[UUID, dict[str, dict[str, Any]]]:
    """The saved answers of applications, by application and section."""
    found: dict[UUID, dict[str, dict[str, Any]]] = {application_id: {} for application_id in ids}
    for row in await session.execute(SECTIONS, {"ids": ids}):
        found[row.application_id][row.section] = row.answers
    return found


def read_answers(sections: dict[str, dict[str, Any]]) -> Answers:
    """Saved answers as the domain knows them."""
    return answers_of(sections.items())


def every_section(sections: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any] | None]:
    """All sections in the order of the task list; None for those never saved."""
    return {name: sections.get(name) for name in SectionName}


def status(row: RowMapping) -> Status:
    """The state that the facts of an application speak of; a refusal of another award's money is past."""
    refused = row["refused_award_id"]
    return status_of(
        submitted=row["submitted_on"] is not None,
        outcome=row["outcome"],
        refused=refused is not None and refused == (row["award_id"] or refused),
        offered=row["offered_award_id"] is not None,
        accepted=row["accepted_on"] is not None,
        turned_down=row["declined_on"] is not None,
    )


def fund_view(row: RowMapping) -> FundView:
    """The fund of an application."""
    terms = FundTerms.model_validate(row["terms"])
    return FundView(fund_id=row["fund_id"], opens_on=row["opens_on"], terms=terms)


def decision_view(row: RowMapping) -> DecisionView | None:
    """The fund's decision, once there is one."""
    if row["outcome"] is None:
        return None
    return DecisionView(
        outcome=row["outcome"],
        amount_pence=row["awarded_pence"],
        decided_on=row["decided_on"],
        reasons=row["reasons"],
        way_forward=row["way_forward"],
    )


def refused_funding_view(row: RowMapping) -> RefusedFundingView | None:
    """What the pots lacked, where they did."""
    if row["refused_award_id"] is None:
        return None
    return RefusedFundingView(available_pence=row["available_pence"], shortfall_pence=row["shortfall_pence"])


def offer_view(row: RowMapping) -> OfferView | None:
    """The offer, once there is one."""
    if row["offered_award_id"] is None:
        return None
    return OfferView(
        award_id=row["offered_award_id"],
        amount_pence=row["offered_pence"],
        decided_on=row["offered_on"],
        accepted_on=row["accepted_on"],
        declined_on=row["declined_on"],
        claimed_pence=row["claimed_pence"],
        left_pence=row["offered_pence"] - row["claimed_pence"],
    )
