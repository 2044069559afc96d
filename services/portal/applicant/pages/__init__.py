"""The applicant's pages: one module for each, all under one router."""

from fastapi import APIRouter

from services.portal.applicant.pages import (
    building,
    check_answers,
    claims,
    costs,
    eligibility,
    energy,
    evidence,
    match_funding,
    measures,
    my_applications,
    offer,
    organisations,
    saving,
    savings,
    starting,
    task_list,
    who,
)

PAGES = (
    eligibility,
    my_applications,
    starting,
    organisations,
    task_list,
    who,
    building,
    measures,
    energy,
    costs,
    match_funding,
    saving,
    check_answers,
    offer,
    claims,
    evidence,
    savings,
)

router = APIRouter(include_in_schema=False)
for module in PAGES:
    router.include_router(module.router)
