"""How a project's promised and verified saving is ascribed to the pots that bore its grant.

A pot is given the part of the kilograms that its pence are of the grant's pence. This is a way of reckoning,
not a measurement: nobody can tell which pound saved which kilogram. The parts add up to the whole exactly.
"""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

EXPLAINED = (
    "A building's saving is shared among the pots that paid for it, in proportion to what each paid. "
    "This is a way of counting, not a measurement; the parts add up to the whole saving exactly."
)
FINEST_PLACES = 3
"""Shares are reckoned to the gram, or as finely as the whole is written."""


def attribute(whole_kg_co2e: Decimal, shares_pence: Mapping[UUID, int]) -> dict[UUID, Decimal]:
    """Each pot's part of the kilograms, by largest remainder; none where the grant has no pence."""
    total_pence = sum(shares_pence.values())
    if total_pence <= 0:
        return {}
    places = max(FINEST_PLACES, -int(whole_kg_co2e.as_tuple().exponent))
    units = int(abs(whole_kg_co2e).scaleb(places))
    parts = {pot_id: divmod(units * pence, total_pence) for pot_id, pence in shares_pence.items()}
    left_over = units - sum(part for part, _ in parts.values())
    first = sorted(parts, key=lambda pot_id: (-parts[pot_id][1], pot_id))[:left_over]
    sign = -1 if whole_kg_co2e < 0 else 1
    return {
        pot_id: Decimal(sign * (part + (pot_id in first))).scaleb(-places)
        for pot_id, (part, _) in parts.items()
    }
