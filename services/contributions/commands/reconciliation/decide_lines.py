"""Lines of the general ledger are explained, disputed or opened again."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.contributions.commands.reconciliation.match_lines import LinesDecided
from services.contributions.repository.reconciliation import Reconciliations
from shared.checks import refuse_all, text_refusal
from shared.errors import Conflict
from shared.messaging import UnitOfWork


class Decision(StrEnum):
    """What may be decided of a line beside matching it."""

    EXPLAINED = "explained"
    DISPUTED = "disputed"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideLines:
    """Explain lines that are rightly none of the fund's, dispute them, or open them again; with a reason."""

    organisation: str
    line_ids: tuple[UUID, ...]
    decision: Decision
    reason: str | None = None


async def decide_lines(command: DecideLines, uow: UnitOfWork) -> LinesDecided:
    """All lines or none; a matched line is opened before it is explained or disputed."""
    reason = (command.reason or "").strip()
    if command.decision is not Decision.OPEN:
        refusal = text_refusal(reason, field="reason", name="the reason", longest=1000)
        refuse_all("general_ledger.invalid", [refusal])
    ledger = Reconciliations(uow)
    await ledger.lock(command.organisation)
    before = ("matched", "explained", "disputed") if command.decision is Decision.OPEN else OPEN_TO_DECISION
    pairs = [(line_id, None) for line_id in dict.fromkeys(command.line_ids)]
    kept = reason if command.decision is not Decision.OPEN else None
    state = command.decision.value
    decided = await ledger.decide(command.organisation, pairs, state=state, before=before, reason=kept)
    if decided < len(pairs):
        message = "A line was decided meanwhile, so nothing was changed. Look at the list again."
        raise Conflict("general_ledger.decided_meanwhile", message)
    return LinesDecided(decided)


OPEN_TO_DECISION = ("open", "disputed", "explained")
