"""Awards ask for their money: pots that may lawfully bear it hold it, or an award is refused."""

from collections.abc import Sequence
from typing import TypeAlias
from uuid import UUID

from services.contributions.domain.grants import facts
from services.contributions.domain.grants.answers import Answer, AskedAward, answer_in_turn
from services.contributions.domain.ledger import movements
from services.contributions.repository.awards import Awards
from services.contributions.repository.books import Books, Posting, cause_id
from services.contributions.repository.grant_fundings import GrantFundings
from shared.messaging import UnitOfWork

Asked: TypeAlias = tuple[AskedAward, UnitOfWork]


async def reserve_funds(asked: Sequence[Asked]) -> None:
    """Answer each award once, in turn, with FundsReserved or with FundsRefused and nothing held.

    All are of one transaction. What they need is read once for all of them, and written once.
    """
    _, uow = asked[0]
    awards, books, fundings = Awards(uow), Books(uow), GrantFundings(uow)
    await books.lock({each.award.organisation for each, _ in asked})
    answered, funded = await awards.seen([each for each, _ in asked])
    fresh = _first_of_each(asked, answered)
    pots = await books.lawful_pots([each.award for each in fresh])
    answers = answer_in_turn(fresh, await fundings.load(funded), pots)
    await awards.add(answers)
    await books.enter([_posting(each, fresh[each.asked]) for each in answers if not each.shortfall])
    for each in answers:
        fresh[each.asked].record(_fact(each), sequence=each.funding.version)


def _first_of_each(asked: Sequence[Asked], answered: set[UUID]) -> dict[AskedAward, UnitOfWork]:
    fresh: dict[UUID, Asked] = {}
    for each, uow in asked:
        if each.award_id not in answered:
            fresh.setdefault(each.award_id, (each, uow))
    return dict(fresh.values())


def _posting(answer: Answer, uow: UnitOfWork) -> Posting:
    held = answer.funding.held
    movement = movements.for_reservation(held, cause_id=cause_id(uow))
    return Posting(movement, held.awarded_on, uow, held.application_id)


def _fact(answer: Answer) -> facts.AnswerToAward:
    if answer.shortfall is None:
        return facts.funds_reserved(answer.funding.held)
    asked = answer.asked
    return facts.funds_refused(asked.award.application_id, asked.award_id, answer.shortfall)
