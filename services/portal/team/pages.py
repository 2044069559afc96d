"""The pages of the sustainability team; each group of them is written in a module beside this one."""

from fastapi import APIRouter

from services.portal.team import (
    boundary,
    claims,
    measured,
    meters,
    projects,
    readings,
    savings,
    stations,
    works,
)

router = APIRouter(include_in_schema=False)
for part in (projects, claims, works, meters, readings, stations, boundary, savings, measured):
    router.include_router(part.router)
