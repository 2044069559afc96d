"""The pages of assessors and decision-makers; each group of them is written in a module beside this one."""

from fastapi import APIRouter

from services.portal.assessor import deciding, interest, reading, scoring

router = APIRouter(include_in_schema=False)
for part in (deciding, interest, scoring, reading):
    router.include_router(part.router)
