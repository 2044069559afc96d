"""What deeds of variation and corrections replaced, kept whole, and what they were."""

from datetime import date
from uuid import UUID

from sqlalchemy import text

from services.contributions.domain.register.agreement import Agreement
from services.contributions.domain.register.changes import Variation
from services.contributions.repository.rows import add_row
from services.contributions.tables import CorrectionRow, VariationRow
from shared.errors import Conflict
from shared.messaging import UnitOfWork

KEEP_AGREEMENT = text(
    """
    INSERT INTO earlier_agreement (agreement_id, until_sequence, ended_on, deed_version, terms)
    SELECT id, :until, CAST(:ended_on AS date), deed_version, to_jsonb(agreement)
    FROM agreement WHERE id = :id
    """
)
KEEP_OBLIGATION = text(
    """
    INSERT INTO earlier_obligation (obligation_id, until_sequence, agreement_id, ended_on, terms)
    SELECT id, :until, agreement_id, CAST(:ended_on AS date), to_jsonb(obligation)
    FROM obligation WHERE id = :id
    """
)


class Versions:
    """Earlier terms in one transaction: keep them before what replaces them is saved."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._session = uow.session

    async def keep_agreement(self, agreement_id: UUID, *, until: int, ended_on: date | None = None) -> None:
        """Keep the agreement's row as it stands until the fact of that sequence."""
        kept = {"id": agreement_id, "until": until, "ended_on": ended_on}
        await self._session.execute(KEEP_AGREEMENT, kept)

    async def keep_obligation(self, obligation_id: UUID, *, until: int, ended_on: date | None = None) -> None:
        """Keep the obligation's row as it stands until the fact of that sequence."""
        kept = {"id": obligation_id, "until": until, "ended_on": ended_on}
        await self._session.execute(KEEP_OBLIGATION, kept)

    async def add_variation(self, variation: Variation, varied: Agreement) -> None:
        """Keep a deed of variation with the version that it made; Conflict where its id is there."""
        message = "This deed of variation is recorded already. Open the agreement to see it."
        taken = Conflict("variation.recorded_before", message, field="variation_id")
        row = VariationRow(
            id=variation.id,
            agreement_id=varied.id,
            deed_version=varied.deed_version,
            deed_on=variation.deed_on,
            document_url=variation.document_url,
            summary=variation.summary,
            sequence=varied.version,
        )
        await add_row(self._session, row, taken)

    async def add_correction(self, correction_id: UUID, corrected: Agreement, reason: str) -> None:
        """Keep why the fact of this sequence corrects; Conflict where the id is there."""
        message = "This correction is recorded already. Open the agreement to see it."
        taken = Conflict("correction.recorded_before", message, field="correction_id")
        row = CorrectionRow(
            id=correction_id, agreement_id=corrected.id, sequence=corrected.version, reason=reason
        )
        await add_row(self._session, row, taken)
