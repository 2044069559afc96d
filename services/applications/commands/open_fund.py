"""Open a fund for applications."""

from dataclasses import dataclass
from datetime import date

from services.applications.domain import fund as rules
from services.applications.repository import Funds
from shared.errors import Conflict
from shared.events.applications import FundTerms
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFund:
    """An officer opens a fund under its terms."""

    opens_on: date
    terms: FundTerms


async def open_fund(command: OpenFund, uow: UnitOfWork) -> Recorded:
    """Keep the fund and publish its terms."""
    fund, event = rules.open_fund(command.terms, opens_on=command.opens_on)
    if not await Funds(uow.session).add(fund):
        raise Conflict("fund.exists", "This fund is open already. Look at the list of funds.")
    uow.record(event, sequence=1)
    return Recorded(id=fund.id, sequence=1)
