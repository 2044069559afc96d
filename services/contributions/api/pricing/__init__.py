"""Price policies, energy statements, and clauses whose sums are worked out from them."""

from fastapi import APIRouter

from services.contributions.api.pricing import clauses, policies

router = APIRouter(tags=["pricing"])
router.include_router(policies.router)
router.include_router(clauses.router)

__all__ = ["router"]
