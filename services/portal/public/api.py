"""The register, the trace and the books as JSON."""

from fastapi import APIRouter

router = APIRouter(prefix="/api", tags=["open data"])
