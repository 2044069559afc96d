"""How pots follow what another system reports: up by a further pot, down only as far as money is there."""

from dataclasses import dataclass
from uuid import UUID

from services.contributions.domain.open_data.known import ImportedPot, KnownObligation
from services.contributions.domain.open_data.positions import ExceptionKind, Position
from services.contributions.domain.pots.pot import Pot


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of a contribution's pots: one more, less in some, or a case for an officer."""

    pot: Pot | None
    exception: ExceptionKind | None
    less: tuple[tuple[ImportedPot, int], ...] = ()


def follow(position: Position, known: KnownObligation, *, pot_id: UUID) -> Followed:
    """Bring the pots to what is reported: what left them here may be among the reported sums spent.

    Reported spending up to what was paid out of these pots here is that very spending, told by the other
    system too; only what exceeds it was spent elsewhere.
    """
    if position.exception is not None:
        return Followed(None, position.exception)
    gone_pence = position.received_pence - position.available_pence
    gone_here_pence = sum(pot.gone_pence for pot in known.imported_pots)
    wanted_pence = position.received_pence - max(gone_pence - gone_here_pence, 0)
    more_pence = wanted_pence - known.pots_received_pence
    if more_pence > 0:
        return Followed(_further_pot(position, known, pot_id, more_pence), None)
    less = _take(-more_pence, known.imported_pots)
    return Followed(None, ExceptionKind.DIFFERS_FROM_BOOKS) if less is None else Followed(None, None, less)


def _further_pot(position: Position, known: KnownObligation, pot_id: UUID, pence: int) -> Pot:
    return Pot(
        id=pot_id,
        organisation=position.organisation,
        obligation_id=known.id,
        purpose=position.purpose,
        received_pence=pence,
    )


def _take(pence: int, pots: tuple[ImportedPot, ...]) -> tuple[tuple[ImportedPot, int], ...] | None:
    """What each pot gives back, the newest first; None where they do not hold so much any more."""
    taken: list[tuple[ImportedPot, int]] = []
    for pot in reversed(pots):
        part_pence = min(pence, pot.available_pence)
        if part_pence:
            taken.append((pot, part_pence))
        pence -= part_pence
    return None if pence else tuple(taken)
