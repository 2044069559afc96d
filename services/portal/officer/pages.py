"""The pages of planning officers; each group of them is written in a module beside this one."""

from fastapi import APIRouter

from services.portal.officer import (
    agreements,
    funds,
    overview,
    pots,
    receipts,
    reversals,
)
from services.portal.officer.dashboard import pages as dashboard
from services.portal.officer.demands import pages as demands
from services.portal.officer.demands import terms
from services.portal.officer.directory import pages as directory
from services.portal.officer.imports import codes as import_codes
from services.portal.officer.imports import pages as imports
from services.portal.officer.indices import pages as indices
from services.portal.officer.pricing import pages as pricing
from services.portal.officer.record_keeping import balances
from services.portal.officer.record_keeping import pages as record_keeping
from services.portal.officer.register import changing, finding, history, payees, wards
from services.portal.officer.samples import pages as samples
from services.portal.officer.spend_by import pages as spend_by
from services.portal.officer.statement import pages as statement
from services.portal.officer.triggers import pages as triggers

router = APIRouter(include_in_schema=False)
for part in (
    overview,
    dashboard,
    directory,
    finding,
    agreements,
    changing,
    history,
    payees,
    wards,
    receipts,
    reversals,
    pots,
    spend_by,
    pricing,
    triggers,
    import_codes,
    imports,
    record_keeping,
    balances,
    funds,
    statement,
    samples,
    terms,
    demands,
    indices,
):
    router.include_router(part.router)
