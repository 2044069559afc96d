"""Send a file as evidence for a claim."""

from dataclasses import dataclass
from uuid import UUID

from services.applications.domain.evidence import examine
from services.applications.files import EvidenceFiles
from services.applications.repository import Applications, Claims
from shared.errors import Conflict
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class SendEvidence:
    """The content of a file, and what the sender's computer called it."""

    application_id: UUID
    evidence_id: UUID
    content: bytes
    client_name: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of the file that was kept; not its name, for answers are remembered."""

    id: UUID
    content_type: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class EvidenceSending:
    """Sending evidence, with the place where its content is kept."""

    files: EvidenceFiles

    async def send(self, command: SendEvidence, uow: UnitOfWork) -> Kept:
        """Write the file, then its row: a file without a row is harmless, a row without a file is not."""
        application = await Applications(uow).get_own(command.application_id)
        if application.grant is None or application.grant.accepted_on is None:
            message = "Evidence belongs to a claim. Accept the grant first, then send it."
            raise Conflict("grant.not_accepted", message)
        evidence = examine(command.evidence_id, application.id, command.content, command.client_name)
        await self.files.write(evidence.sha256, command.content)
        if not await Claims(uow).add_evidence(evidence):
            raise Conflict("evidence.exists", "This file was sent before. Look at the list of files.")
        return Kept(
            evidence.id,
            evidence.content_type,
            evidence.size_bytes,
            evidence.sha256,
        )
