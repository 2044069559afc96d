"""The fund manager enters what a bank's base rate became."""

from dataclasses import dataclass

from services.contributions.domain.demands.base_rate import BaseRate, check_base_rate
from services.contributions.repository.base_rates import BaseRates
from shared.errors import Conflict
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordBaseRate:
    """A bank's base rate from a day on; it holds until the next change."""

    rate: BaseRate


@dataclass(frozen=True, slots=True)
class RateRecorded:
    """The rate as it is kept: one that was entered before changes nothing."""

    rate: BaseRate


async def record_base_rate(command: RecordBaseRate, uow: UnitOfWork) -> RateRecorded:
    """Refuses by field a rate no bank has had, and the same rate for the same day again."""
    check_base_rate(command.rate)
    rates = BaseRates(uow.session)
    for known in await rates.of(command.rate.bank):
        if (known.effective_on, known.percent) == (command.rate.effective_on, command.rate.percent):
            message = "This rate is recorded for this day already. There is nothing more to do."
            raise Conflict("base_rate.recorded_before", message, field="percent")
    await rates.add([command.rate], uow)
    return RateRecorded(command.rate)
