"""The fund manager decides how an organisation publishes its files."""

from dataclasses import dataclass

from services.contributions.domain.statement.publishing import Publishing, check_publishing
from services.contributions.repository.statement.editions import Statements
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidePublishing:
    """Publish under this code, file carbon money under this purpose, list returned money or not."""

    organisation: str
    published_as: str
    carbon_purpose: str
    lists_returned: bool


async def decide_publishing(command: DecidePublishing, uow: UnitOfWork) -> Publishing:
    """Holds for every edition published from now on; what was published stays as it is."""
    decided = check_publishing(
        Publishing(
            organisation=command.organisation,
            published_as=command.published_as,
            carbon_purpose=command.carbon_purpose,
            lists_returned=command.lists_returned,
        )
    )
    await Statements(uow).decide(decided)
    return decided
