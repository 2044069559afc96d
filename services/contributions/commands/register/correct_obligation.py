"""An officer puts right a mistake in what was recorded of an obligation."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.contributions.commands.register.correct_agreement import refuse_reported
from services.contributions.domain.register import facts
from services.contributions.domain.register.changes import correct_obligation as corrected_by
from services.contributions.domain.register.changes import refuse_stale
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.versions import Versions
from services.contributions.repository.wards import Wards
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectObligation:
    """Say what should have been recorded, and why: only the fields that were wrong, by their names."""

    agreement_id: UUID
    obligation_id: UUID
    correction_id: UUID
    reason: str
    changes: Mapping[str, Any]
    seen_sequence: int | None = None


async def correct_obligation(command: CorrectObligation, uow: UnitOfWork) -> Recorded:
    """Refuses by field, and all of it once money was received: what that came under stands."""
    agreements, versions = Agreements(uow), Versions(uow)
    agreement = await agreements.get(command.agreement_id)
    refuse_stale(agreement, command.seen_sequence)
    before = agreement.obligation(command.obligation_id)
    wards = await Wards(uow).in_force(agreement.organisation, agreement.in_force_from)
    agreement = corrected_by(
        agreement,
        before.id,
        command.changes,
        reason=command.reason,
        known_wards=wards.codes or frozenset(command.changes.get("wards", ())),
        money_moved=await agreements.has_money(before.id),
    )
    after = agreement.obligation(before.id)
    if after.reference != before.reference:
        await refuse_reported(agreements, agreement, before.reference)
    await versions.keep_obligation(before.id, until=agreement.version)
    await agreements.save_obligation(agreement, before.id)
    await versions.add_correction(command.correction_id, agreement, command.reason)
    fact = facts.obligation_corrected(agreement.id, after, command.correction_id)
    uow.record(fact, sequence=agreement.version)
    return Recorded(before.id, agreement.version)
