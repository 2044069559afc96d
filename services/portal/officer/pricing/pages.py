"""The pages about prices and sums; each group of them is written in a module beside this one."""

from fastapi import APIRouter

from services.portal.officer.pricing import clauses, policies, statements

router = APIRouter(include_in_schema=False)
for part in (policies, statements, clauses):
    router.include_router(part.router)
