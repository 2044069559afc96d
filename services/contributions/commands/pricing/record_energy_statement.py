"""An officer enters the approved energy statement of a development."""

from dataclasses import dataclass

from services.contributions.domain.pricing import facts
from services.contributions.domain.pricing.statement import EnergyStatement, record_statement
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.pricing import Pricing
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEnergyStatement:
    """A statement as designed or as built; another one is another statement, none is ever changed."""

    statement: EnergyStatement


async def record_energy_statement(command: RecordEnergyStatement, uow: UnitOfWork) -> Recorded:
    """Refuses by field quantities that cannot be, and an approval that is still to come."""
    agreements = Agreements(uow)
    agreement = await agreements.get(command.statement.agreement_id)
    statement = record_statement(command.statement, today=uow.today)
    await Pricing(uow.session).add_statement(statement, uow)
    agreement = await agreements.count_fact(agreement)
    uow.record(facts.statement_recorded(statement), sequence=agreement.version)
    return Recorded(statement.id, agreement.version)
