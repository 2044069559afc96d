"""The applicant's pages: one module for each, all under one router."""

from fastapi import APIRouter

from services.portal.applicant.pages.building import router as building
from services.portal.applicant.pages.check_answers import router as check_answers
from services.portal.applicant.pages.claims import router as claims
from services.portal.applicant.pages.costs import router as costs
from services.portal.applicant.pages.eligibility import router as eligibility
from services.portal.applicant.pages.energy import router as energy
from services.portal.applicant.pages.evidence import router as evidence
from services.portal.applicant.pages.match_funding import router as match_funding
from services.portal.applicant.pages.measures import router as measures
from services.portal.applicant.pages.my_applications import router as my_applications
from services.portal.applicant.pages.offer import router as offer
from services.portal.applicant.pages.organisations import router as organisations
from services.portal.applicant.pages.saving import router as saving
from services.portal.applicant.pages.savings import router as savings
from services.portal.applicant.pages.starting import router as starting
from services.portal.applicant.pages.task_list import router as task_list
from services.portal.applicant.pages.who import router as who

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
for page in PAGES:
    router.include_router(page)
