"""An officer puts right a mistake in what was recorded of an agreement."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.contributions.domain.register import facts
from services.contributions.domain.register.agreement import Agreement
from services.contributions.domain.register.changes import correct_agreement as corrected_by
from services.contributions.domain.register.changes import refuse_stale
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.versions import Versions
from services.contributions.repository.wards import Wards
from shared.errors import Invalid
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectAgreement:
    """Say what should have been recorded, and why: only the fields that were wrong, by their names."""

    agreement_id: UUID
    correction_id: UUID
    reason: str
    changes: Mapping[str, Any]
    seen_sequence: int | None = None


async def correct_agreement(command: CorrectAgreement, uow: UnitOfWork) -> Recorded:
    """Refuses by field; a deed date once money moved, and a reference that imported files go by."""
    agreements, versions = Agreements(uow), Versions(uow)
    agreement = await agreements.get(command.agreement_id)
    refuse_stale(agreement, command.seen_sequence)
    wards = await Wards(uow).in_force(
        agreement.organisation, agreement.varied_on or command.changes.get("deed_on") or agreement.deed_on
    )
    corrected = corrected_by(
        agreement,
        command.changes,
        reason=command.reason,
        wards=wards,
        today=uow.today,
        money_moved=await agreements.has_money(*(each.id for each in agreement.obligations)),
    )
    if corrected.reference != agreement.reference:
        await refuse_reported(agreements, agreement, agreement.reference)
    await versions.keep_agreement(agreement.id, until=corrected.version)
    await agreements.save(corrected)
    await versions.add_correction(command.correction_id, corrected, command.reason)
    fact = facts.agreement_corrected(corrected, command.correction_id, ward_edition=wards.edition_name)
    uow.record(fact, sequence=corrected.version)
    return Recorded(corrected.id, corrected.version)


async def refuse_reported(agreements: Agreements, agreement: Agreement, reference: str) -> None:
    """Refuse to change a reference that files of the open data told: the next files look for it."""
    if await agreements.is_reported(agreement.organisation, reference):
        message = (
            f"{reference} came from the open data, and the next files will use it again. "
            "Correct it where those files come from."
        )
        raise Invalid("reference.reported", message, field="reference")
