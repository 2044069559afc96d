"""Events of other services, and what this one does about them."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from services.assessment.commands.screen_application import ScreenApplication, screen_application
from services.assessment.projections import Answer, keep_answers
from shared.events.applications import ApplicationSubmitted
from shared.events.contributions import FundsRefused, FundsReserved
from shared.messaging import Handlers, UnitOfWork, Waiting
from shared.messaging.delivery import Delivery


def subscribe(handlers: Handlers) -> None:
    """Say which events this service acts on."""
    handlers.on(ApplicationSubmitted, screen_on_submission)
    handlers.project([FundsReserved, FundsRefused], show_funding)


async def screen_on_submission(event: ApplicationSubmitted, uow: UnitOfWork) -> Waiting | None:
    """An application is screened when it is submitted."""
    await screen_application(ScreenApplication(submitted=event), uow)
    return None


async def show_funding(deliveries: Sequence[Delivery], session: AsyncSession) -> None:
    """The decision-maker sees what contributions answered to the award."""
    await keep_answers(session, [_answer(delivery) for delivery in deliveries])


def _answer(delivery: Delivery) -> Answer:
    event = delivery.event
    assert isinstance(event, FundsReserved | FundsRefused)
    reserved = event.amount_pence if isinstance(event, FundsReserved) else 0
    shortfall = event.shortfall_pence if isinstance(event, FundsRefused) else 0
    return Answer(
        application_id=event.application_id,
        sequence=delivery.sequence,
        reserved_pence=reserved,
        shortfall_pence=shortfall,
    )
