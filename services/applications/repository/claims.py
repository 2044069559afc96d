"""Claims, the evidence behind them, and what became of them, as rows."""

from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select

from services.applications.domain.evidence import Evidence
from services.applications.domain.grant import Claim
from services.applications.repository.rows import insert_new
from services.applications.tables import ClaimEvidenceRow, ClaimRow, EvidenceRow
from shared.errors import NotFound
from shared.messaging import UnitOfWork


class Claims:
    """Claims and the evidence behind them."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._session = uow.session
        self._uow = uow

    async def add(self, application_id: UUID, claim: Claim) -> bool:
        """Keep a new claim with its evidence; false where its id is taken."""
        row = ClaimRow(
            id=claim.id,
            application_id=application_id,
            claimant_id=UUID(self._uow.actor),
            milestone=claim.milestone,
            amount_pence=claim.amount_pence,
            claimed_on=claim.claimed_on,
        )
        if not await insert_new(self._session, row):
            return False
        for evidence_id in dict.fromkeys(claim.evidence_ids):
            await insert_new(self._session, ClaimEvidenceRow(claim_id=claim.id, evidence_id=evidence_id))
        return True

    async def evidence_of(self, application_id: UUID) -> frozenset[UUID]:
        """The ids of all files that were sent for the application."""
        ids = select(EvidenceRow.id).where(EvidenceRow.application_id == application_id)
        return frozenset((await self._session.execute(ids)).scalars())

    async def add_evidence(self, evidence: Evidence) -> bool:
        """Keep what is known of a file; false where its id is taken."""
        row = EvidenceRow(
            id=evidence.id,
            application_id=evidence.application_id,
            sha256=evidence.sha256,
            content_type=evidence.content_type,
            size_bytes=evidence.size_bytes,
            display_name=evidence.display_name,
            sent_by=self._uow.actor,
            sent_at=self._uow.now,
        )
        return await insert_new(self._session, row)

    async def note(self, claim_id: UUID, **facts: Any) -> None:
        """Keep what another service says of a claim: when it was verified, or when and how paid."""
        statement = update(ClaimRow).where(col(ClaimRow.id) == claim_id).values(**facts)
        noted = await self._session.execute(
            statement.returning(col(ClaimRow.id)).execution_options(synchronize_session=False)
        )
        if noted.one_or_none() is None:
            raise NotFound("claim.not_found", f"There is no claim {claim_id}.")
