"""An officer publishes the statement of a financial year."""

from dataclasses import dataclass
from uuid import UUID

from services.contributions.domain.statement.report import YearlyStatement
from services.contributions.domain.statement.years import refuse_year
from services.contributions.repository.statement.years import StatementEditions, state_years
from shared.checks import refuse_all, text_refusal
from shared.errors import Conflict, Invalid
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishStatement:
    """Publish a year's figures as they are now; a further edition says what it corrects."""

    edition_id: UUID
    organisation: str
    year: int
    reason: str | None = None


async def publish_statement(command: PublishStatement, uow: UnitOfWork) -> Recorded:
    """Freezes the figures; refuses an unknown organisation, and an edition that says the same as the last."""
    refuse_year(command.year, today=uow.today)
    editions = StatementEditions(uow)
    if not await editions.has_register(command.organisation):
        message = f"No agreement of {command.organisation} is recorded. Check the organisation's code."
        raise Invalid("organisation.unknown", message, field="organisation")
    number, before = await editions.newest(command.organisation, command.year)
    (statement,) = await state_years(uow.session, [command.year], command.organisation)
    reason = (command.reason or "").strip() or None
    if before is not None:
        _refuse_correction(before, statement, reason)
    await editions.add(command.edition_id, statement, number=number + 1, reason=reason)
    return Recorded(command.edition_id, number + 1)


def _refuse_correction(before: YearlyStatement, now: YearlyStatement, reason: str | None) -> None:
    if before == now:
        message = f"Nothing in {now.year_in_words} has changed since the last edition."
        raise Conflict("statement.unchanged", message)
    name = "what this edition corrects"
    refuse_all(
        "statement.invalid",
        [text_refusal(reason or "", field="reason", name=name, longest=LONGEST_REASON)],
    )
