"""A person confirms which movement of the fund each line of the general ledger is."""

from dataclasses import dataclass
from uuid import UUID

from services.contributions.repository.reconciliation import Reconciliations
from shared.errors import Conflict
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True)
class Match:
    """A line, and the receipt, payment, refund or interest that it is."""

    line_id: UUID
    movement_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchLines:
    """Match lines of an organisation, all of them or none."""

    organisation: str
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class LinesDecided:
    """How many lines (or movements) were decided."""

    decided: int


async def match_lines(command: MatchLines, uow: UnitOfWork) -> LinesDecided:
    """Refuses a line or movement that is matched already, and two of different sums."""
    ledger = Reconciliations(uow)
    await ledger.lock(command.organisation)
    pairs = [(each.line_id, each.movement_id) for each in command.matches]
    twice = len({movement_id for _, movement_id in pairs}) < len(pairs)
    before = ("open", "disputed", "explained")
    if twice or await ledger.decide(command.organisation, pairs, state="matched", before=before) < len(pairs):
        message = (
            "A line and a movement can be matched once, where their sums are the same. "
            "One of these is matched already or differs, so none was matched. Look at the list again."
        )
        raise Conflict("general_ledger.no_match", message)
    return LinesDecided(len(pairs))
