"""The numbers of the public pages as CSV files."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.layout.csv_files import Cell, csv_response
from services.portal.public.models import Pot
from services.portal.public.register import RegisterLine, list_grants, list_pots
from services.portal.public.trace import trace_pot, trace_project
from shared.web import View, reads

router = APIRouter(include_in_schema=False)

EVERYTHING = 100_000
POT_COLUMNS = ("Pot", "Organisation", "Reference", "Purpose", "Received on", "Spend by", "Received, pence")
PART_COLUMNS = (
    "Available, pence",
    "Reserved, pence",
    "Committed, pence",
    "Paid, pence",
    "Interest, pence",
    "Being refunded, pence",
    "Returned, pence",
    "Reversed, pence",
)
GRANT_COLUMNS = (
    "Grant",
    "Reference",
    "Organisation",
    "Building",
    "Ward",
    "Status",
    "Awarded on",
    "Granted, pence",
    "Paid, pence",
    "Promised a year, kgCO2e",
    "Verified, kgCO2e",
    "Of which larger than the uncertainty, kgCO2e",
    "Basis",
)


@router.get("/pots.csv")
async def download_pots(view: Annotated[View, reads()]) -> Response:
    """Every pot."""
    listed = await list_pots(view.session, 1, size=EVERYTHING)
    return csv_response("pots.csv", (*POT_COLUMNS, *PART_COLUMNS), map(_pot, listed.pots))


@router.get("/register.csv")
async def download_register(view: Annotated[View, reads()]) -> Response:
    """Every grant; one line for each basis of what was measured."""
    listed = await list_grants(view.session, 1, size=EVERYTHING)
    rows = [row for line in listed.lines for row in _grant(line)]
    return csv_response("register.csv", GRANT_COLUMNS, rows)


@router.get("/trace/pots/{pot_id}/pot.csv")
async def download_pot(pot_id: UUID, view: Annotated[View, reads()]) -> Response:
    """One pot: what was received, and the parts it is in."""
    trace = await trace_pot(view.session, pot_id)
    return csv_response(f"pot-{pot_id}.csv", (*POT_COLUMNS, *PART_COLUMNS), [_pot(trace.pot)])


@router.get("/trace/projects/{application_id}/savings.csv")
async def download_savings(application_id: UUID, view: Annotated[View, reads()]) -> Response:
    """One project: every verified period with its band."""
    trace = await trace_project(view.session, application_id)
    columns = (
        "From",
        "To (not included)",
        "Basis",
        "Saved, kgCO2e",
        "Plus or minus, kgCO2e",
        "Avoided, kWh",
        "Temperatures generated",
        "Said",
    )
    rows = [
        (
            saving.period_start,
            saving.period_end,
            saving.basis,
            saving.saved_kg_co2e,
            saving.total_band_kg_co2e,
            saving.avoided_kwh,
            "yes" if saving.temperatures_generated else "no",
            saving.said,
        )
        for saving in trace.savings
    ]
    return csv_response(f"savings-{application_id}.csv", columns, rows)


def _pot(pot: Pot) -> tuple[Cell, ...]:
    return (
        str(pot.pot_id),
        pot.organisation,
        pot.reference,
        pot.purpose,
        pot.received_on,
        pot.spend_by_on,
        pot.received_pence,
        pot.available_pence,
        pot.reserved_pence,
        pot.committed_pence,
        pot.paid_pence,
        pot.interest_pence,
        pot.refunding_pence,
        pot.returned_pence,
        pot.reversed_pence,
    )


def _grant(line: RegisterLine) -> list[tuple[Cell, ...]]:
    grant = line.grant
    facts = (
        str(grant.application_id),
        grant.reference,
        grant.organisation_name,
        grant.building_name,
        grant.ward,
        grant.status,
        grant.awarded_on,
        grant.granted_pence,
        grant.paid_pence,
        grant.promise_kg_co2e,
    )
    measured: list[tuple[Cell, ...]] = [
        (one.saved_kg_co2e, one.distinguishable_kg_co2e, one.basis) for one in line.measured
    ]
    return [(*facts, *cells) for cells in measured or [(None, None, None)]]
