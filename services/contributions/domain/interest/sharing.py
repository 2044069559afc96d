"""Interest earned on held money, shared out over the pots that held it, to the penny."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.money import amount_refusal
from services.contributions.domain.pots.pot import Share
from shared.checks import future_refusal, refuse_all
from shared.errors import Invalid
from shared.wording import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestPeriod:
    """What an organisation's held money earned in a period, both days counted, in pence."""

    id: UUID
    organisation: str
    period_start: date
    period_end: date
    amount_pence: int


@dataclass(frozen=True, slots=True)
class Held:
    """What a pot held: the sum of its balances at the end of each day of a period, in pence times days."""

    pot_id: UUID
    pence_days: int


def share_out(amount_pence: int, held: Iterable[Held]) -> tuple[Share, ...]:
    """Each pot's whole pence in proportion to what it held; pots without a penny are left out.

    Largest remainder (Hamilton's method): everybody gets the whole pence of their part, and the pence left
    over go to the largest fractions, of equal ones to the lower id. So the shares add up exactly, none is a
    penny or more away from its exact part, and the order in which pots come does not matter.
    """
    parts = [each for each in held if each.pence_days > 0]
    total = sum(each.pence_days for each in parts)
    if not total:
        message = "No pot held any money in this period. Check its first and last day."
        raise Invalid("interest.nothing_held", message, field="period_start")
    exact = {each.pot_id: divmod(amount_pence * each.pence_days, total) for each in parts}
    left_over = amount_pence - sum(whole for whole, _ in exact.values())
    by_remainder = sorted(exact, key=lambda pot_id: (-exact[pot_id][1], pot_id))
    luckier = frozenset(by_remainder[:left_over])
    shares = (Share(pot_id, exact[pot_id][0] + (pot_id in luckier)) for pot_id in sorted(exact))
    return tuple(share for share in shares if share.amount_pence)


def period_refusals(period: InterestPeriod, *, before: Iterable[InterestPeriod], today: date) -> None:
    """Refuse, field by field, what is no sum, no period, not over yet, or was shared out before."""
    refuse_all(
        "interest.invalid",
        [
            amount_refusal(period.amount_pence),
            _order_refusal(period),
            future_refusal(period.period_end, today=today, field="period_end", name="The period's last day"),
            *(_overlap_refusal(period, each) for each in before),
        ],
    )


def _order_refusal(period: InterestPeriod) -> Invalid | None:
    if period.period_start <= period.period_end:
        return None
    return Invalid(
        "interest.ends_before_it_starts",
        f"The period ends on {in_words(period.period_end)}, before it starts. Check both days.",
        field="period_end",
    )


def _overlap_refusal(period: InterestPeriod, other: InterestPeriod) -> Invalid | None:
    if period.period_end < other.period_start or other.period_end < period.period_start:
        return None
    return Invalid(
        "interest.shared_before",
        f"Interest from {in_words(other.period_start)} to {in_words(other.period_end)} was shared out "
        "before. Choose days that are not in that period.",
        field="period_start",
    )
