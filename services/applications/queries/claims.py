"""Claims and evidence, for the grant holder and for the team that verifies."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.applications.domain.evidence import SUFFIXES
from services.applications.queries.facts import IS_MEMBER
from services.applications.queries.views import ClaimView, EvidenceView
from services.applications.repository import no_application
from shared.errors import NotFound
from shared.web import Role, View

MAY_SEE = text(
    f"SELECT 1 FROM application a WHERE a.id = :application_id AND (:is_team OR {IS_MEMBER})"  # noqa: S608 - our text
)
CLAIMS = text(
    """
    SELECT c.*, ARRAY(SELECT evidence_id FROM claim_evidence e WHERE e.claim_id = c.id) AS evidence_ids
    FROM claim c WHERE c.application_id = :application_id ORDER BY c.claimed_on, c.id
    """
)
EVIDENCE = text(
    """
    SELECT id AS evidence_id, display_name, content_type, size_bytes, sent_at FROM evidence
    WHERE application_id = :application_id ORDER BY sent_at, id
    """
)
STORED = text(
    """
    SELECT e.sha256, e.content_type, a.reference FROM evidence e JOIN application a ON a.id = e.application_id
    WHERE e.id = :evidence_id AND e.application_id = :application_id
    """
)


@dataclass(frozen=True, slots=True)
class StoredEvidence:
    """Where a file's content is kept, what it is, and the name we give it for saving."""

    sha256: str
    content_type: str
    file_name: str


async def list_claims(view: View, application_id: UUID) -> tuple[ClaimView, ...]:
    """The claims of an application, for its own people and the team."""
    await _refuse_strangers(view, application_id)
    return await claims_of(view.session, application_id)


async def get_evidence(view: View, application_id: UUID, evidence_id: UUID) -> StoredEvidence:
    """Where to find one file of an application, for its own people and the team."""
    await _refuse_strangers(view, application_id)
    parameters = {"application_id": application_id, "evidence_id": evidence_id}
    row = (await view.session.execute(STORED, parameters)).one_or_none()
    if row is None:
        raise NotFound("evidence.not_found", "There is no such file. Look at the list of files.")
    file_name = f"{row.reference}-{str(evidence_id)[:8]}.{SUFFIXES[row.content_type]}"
    return StoredEvidence(row.sha256, row.content_type, file_name)


async def claims_of(session: AsyncSession, application_id: UUID) -> tuple[ClaimView, ...]:
    """The claims of an application with their evidence, in the order of their dates."""
    files = {file.evidence_id: file for file in await evidence_of(session, application_id)}
    rows = (await session.execute(CLAIMS, {"application_id": application_id})).mappings()
    return tuple(_claim(row, files) for row in rows)


async def evidence_of(session: AsyncSession, application_id: UUID) -> tuple[EvidenceView, ...]:
    """All files that were sent for an application."""
    rows = (await session.execute(EVIDENCE, {"application_id": application_id})).mappings()
    return tuple(EvidenceView(**row) for row in rows)


async def _refuse_strangers(view: View, application_id: UUID) -> None:
    parameters = {
        "application_id": application_id,
        "person_id": view.caller.person_id,
        "is_team": view.caller.has(Role.TEAM),
    }
    if (await view.session.execute(MAY_SEE, parameters)).one_or_none() is None:
        raise no_application()


def _claim(row: RowMapping, files: dict[UUID, EvidenceView]) -> ClaimView:
    status = "paid" if row["paid_on"] else "verified" if row["verified_on"] else "submitted"
    return ClaimView(
        claim_id=row["id"],
        claimant_id=row["claimant_id"],
        milestone=row["milestone"],
        amount_pence=row["amount_pence"],
        status=status,
        claimed_on=row["claimed_on"],
        verified_on=row["verified_on"],
        paid_on=row["paid_on"],
        voucher=row["voucher"],
        evidence=tuple(files[evidence_id] for evidence_id in row["evidence_ids"]),
    )
