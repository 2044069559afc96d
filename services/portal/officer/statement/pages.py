"""The pages about what the council publishes."""

from fastapi import APIRouter

from services.portal.officer.statement import open_data, years

router = APIRouter(include_in_schema=False)
router.include_router(open_data.router)
router.include_router(years.router)
