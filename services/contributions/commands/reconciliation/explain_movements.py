"""Movements of the fund are explained that the general ledger does not have."""

from dataclasses import dataclass
from uuid import UUID

from services.contributions.commands.reconciliation.match_lines import LinesDecided
from services.contributions.repository.reconciliation import Reconciliations
from shared.checks import refuse_all, text_refusal
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainMovements:
    """Say why movements are not in the general ledger; a line that comes later may still be matched."""

    organisation: str
    movement_ids: tuple[UUID, ...]
    reason: str


async def explain_movements(command: ExplainMovements, uow: UnitOfWork) -> LinesDecided:
    """Needs a reason; a movement that is explained already keeps its first one."""
    refusal = text_refusal(command.reason, field="reason", name="the reason", longest=1000)
    refuse_all("general_ledger.invalid", [refusal])
    ledger = Reconciliations(uow)
    await ledger.lock(command.organisation)
    explained = await ledger.explain_movements(
        command.organisation, command.movement_ids, command.reason.strip()
    )
    return LinesDecided(explained)
