"""Projects in a list, and one project with all that is known of it."""

from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.monitoring.queries.meters import meters_of
from services.monitoring.queries.savings import savings_of
from services.monitoring.queries.views import (
    BoundaryView,
    ClaimView,
    ProjectDetail,
    ProjectLine,
    PromiseView,
    note,
)
from services.monitoring.repository.projects import no_such_project
from shared.events.applications import AnnualEnergy, Building, Measure

OVERVIEW = """
    SELECT p.*, p.building ->> 'name' AS building_name, p.building ->> 'ward' AS ward,
           (SELECT count(*) FROM claim c
            WHERE c.application_id = p.application_id AND c.verified_on IS NULL) AS claims_to_verify,
           (SELECT count(*) FROM saving s WHERE s.application_id = p.application_id) AS savings_count,
           (SELECT sum(s.saved_kg_co2e) FROM saving s
            WHERE s.application_id = p.application_id) AS saved_kg_co2e,
           coalesce(b.complete, false) AS bounded,
           EXISTS (SELECT 1 FROM unnest(b.meter_ids) AS m(meter_id)
                   WHERE NOT EXISTS (SELECT 1 FROM baseline f WHERE f.meter_id = m.meter_id)) AS unfrozen
    FROM project p LEFT JOIN LATERAL (
        SELECT complete, meter_ids FROM boundary
        WHERE application_id = p.application_id ORDER BY sequence DESC LIMIT 1
    ) b ON true
"""
LIST = text(f"{OVERVIEW} ORDER BY p.accepted_on DESC, p.reference LIMIT 500")
ONE = text(f"{OVERVIEW} WHERE p.application_id = :application_id")
MEASURES = text("SELECT * FROM promised_measure WHERE application_id = :application_id ORDER BY measure_id")
ENERGY = text("SELECT * FROM stated_energy WHERE application_id = :application_id ORDER BY place")
CLAIMS = text(
    """
    SELECT claim_id, claimant_id, milestone, amount_pence, claimed_on, evidence_count, verified_on,
           verifier_id, finding
    FROM claim WHERE application_id = :application_id ORDER BY claimed_on, claim_id
    """
)
BOUNDARY = text(
    """
    SELECT complete, reason, declared_on, fuels, meter_ids FROM boundary
    WHERE application_id = :application_id ORDER BY sequence DESC LIMIT 1
    """
)
IN_LINE = (
    "application_id",
    "reference",
    "organisation_name",
    "building_name",
    "ward",
    "accepted_on",
    "completed_on",
    "promised_kwh",
    "promised_kg_co2e",
    "claims_to_verify",
    "savings_count",
    "saved_kg_co2e",
)
IN_DETAIL = (
    "application_id",
    "reference",
    "organisation_name",
    "amount_pence",
    "accepted_on",
    "completed_on",
)
TO_DO = {
    "verified": "Verify the next period when it is over and its readings are in.",
    "awaiting_works": "Record the completion of the works. Import the readings of the year before them.",
    "awaiting_boundary": "Add the meters and declare that they cover every fuel the works touch.",
    "awaiting_baseline": "Freeze the baseline of each meter of the boundary.",
    "awaiting_savings": "Import the readings since the works, then let somebody else verify the saving.",
}


async def list_projects(session: AsyncSession) -> list[ProjectLine]:
    """The newest first; at most 500."""
    rows = (await session.execute(LIST)).mappings()
    return [ProjectLine(**{name: row[name] for name in IN_LINE}, **_state(dict(row))) for row in rows]


async def get_project(session: AsyncSession, application_id: UUID) -> ProjectDetail:
    """One project: promise, claims, meters with coverage and baseline, boundary, savings."""
    row = (await session.execute(ONE, {"application_id": application_id})).mappings().one_or_none()
    if row is None:
        raise no_such_project()
    boundary = await _all(session, BOUNDARY, application_id)
    meters = await meters_of(session, application_id)
    generated = any(meter.baseline.temperatures_generated for meter in meters if meter.baseline)
    return ProjectDetail(
        **{name: row[name] for name in IN_DETAIL},
        **_state(dict(row)),
        sequence=row["version"],
        building=Building.model_validate(row["building"]),
        promise=await _promise(session, dict(row)),
        claims=[ClaimView(**claim) for claim in await _all(session, CLAIMS, application_id)],
        meters=meters,
        boundary=BoundaryView(**boundary[0]) if boundary else None,
        savings=await savings_of(session, application_id),
        temperatures_generated=generated,
        temperatures_note=note(generated),
    )


def _state(row: dict[str, Any]) -> dict[str, Any]:
    """Where the project stands, and what the team does next."""
    if row["savings_count"]:
        status = "verified"
    elif row["completed_on"] is None:
        status = "awaiting_works"
    elif not row["bounded"]:
        status = "awaiting_boundary"
    else:
        status = "awaiting_baseline" if row["unfrozen"] else "awaiting_savings"
    first = "Verify the claims. " if row["claims_to_verify"] else ""
    return {"status": status, "to_do": f"{first}{TO_DO[status]}"}


async def _promise(session: AsyncSession, row: dict[str, Any]) -> PromiseView:
    application_id = row["application_id"]
    return PromiseView(
        promised_kwh=row["promised_kwh"],
        promised_kg_co2e=row["promised_kg_co2e"],
        factor_edition=row["factor_edition"],
        measures=[Measure(**found) for found in await _all(session, MEASURES, application_id)],
        energy=[AnnualEnergy(**found) for found in await _all(session, ENERGY, application_id)],
    )


async def _all(session: AsyncSession, statement: TextClause, application_id: UUID) -> list[dict[str, Any]]:
    rows = await session.execute(statement, {"application_id": application_id})
    return [dict(row) for row in rows.mappings()]
