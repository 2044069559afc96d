"""Two readers that take awards over the same pots at the same time, beside people who pay."""

import asyncio
from collections import Counter
from uuid import UUID

from shared.database import make_engine, make_sessions
from shared.events import Event
from shared.events.assessment import GrantAwarded
from shared.events.contributions import FundsRefused, FundsReserved
from shared.messaging.reader import Reader
from tests.support.contributions_service import (
    a_pot,
    assert_books_balance,
    balances,
    pay,
)
from tests.support.events import (
    BUNHILL,
    HILLRISE,
    an_id,
    awarded,
    milestone_verified,
    offer_accepted,
    offer_declined,
)
from tests.support.services import ServiceUnderTest, record


def an_award(number: int, pence: int = 7_000_00) -> GrantAwarded:
    """Awards alternate between two wards, so that their pots overlap only in part."""
    return awarded(
        application_id=an_id(f"application {number}"),
        award_id=an_id(f"award {number}"),
        ward=BUNHILL if number % 2 else HILLRISE,
        amount_pence=pence,
    )


async def take(service: ServiceUnderTest, *batches: list[Event]) -> None:
    """Each batch goes to a reader of its own with its own connections, all at the same moment."""
    first = service.service.reader
    assert first is not None
    engine = make_engine(service.service.settings.database_url, "another reader")
    second = Reader(first.handlers, make_sessions(engine), "127.0.0.1:1", 10)
    try:
        await asyncio.gather(
            *(
                reader.take([record(event, number) for number, event in enumerate(batch, start=1)])
                for reader, batch in zip((first, second), batches, strict=True)
            )
        )
    finally:
        await engine.dispose()


async def three_pots(service: ServiceUnderTest) -> list[UUID]:
    """Pots of 100,000.00 in all: one for each ward and one for both."""
    return [
        await a_pot(service, "bunhill", 30_000_00, wards=[BUNHILL], spend_by_months=60),
        await a_pot(service, "hillrise", 30_000_00, wards=[HILLRISE], spend_by_months=72),
        await a_pot(service, "both", 40_000_00, spend_by_months=84),
    ]


async def test_twenty_awards_of_two_readers_never_overdraw_the_pots(
    contributions: ServiceUnderTest,
) -> None:
    pots = await three_pots(contributions)
    numbers = range(20)

    await take(
        contributions,
        [an_award(number) for number in numbers if number < 10],
        [an_award(number) for number in reversed(numbers) if number >= 10],
    )

    told = Counter(type(fact) for fact in await contributions.recorded())
    assert (told[FundsReserved], told[FundsRefused]) == (14, 6)
    held = [await balances(contributions, pot) for pot in pots]
    assert sum(each["reserved"] for each in held) == 14 * 7_000_00
    await assert_books_balance(contributions)
    assert await contributions.rows("SELECT * FROM parked_event") == []


async def test_the_same_awards_told_to_both_readers_are_held_once(contributions: ServiceUnderTest) -> None:
    await three_pots(contributions)
    awards: list[Event] = [an_award(number) for number in range(10)]

    await take(contributions, awards, list(reversed(awards)))

    told = Counter(type(fact) for fact in await contributions.recorded())
    assert told[FundsReserved] == 10
    assert (await assert_books_balance(contributions))["reserved_pence"] == 70_000_00
    assert await contributions.rows("SELECT * FROM parked_event") == []


async def test_payments_go_on_while_readers_reserve_and_release(contributions: ServiceUnderTest) -> None:
    await three_pots(contributions)
    paid_for = an_award(100, 50_000_00)
    ids = {"application_id": paid_for.application_id, "award_id": paid_for.award_id}
    verified = milestone_verified(
        application_id=paid_for.application_id, claim_id=an_id("claim"), amount_pence=50_000_00
    )
    await contributions.give(paid_for, offer_accepted(**ids), verified)
    declined = [
        offer_declined(application_id=an_id(f"application {number}"), award_id=an_id(f"award {number}"))
        for number in range(6)
    ]

    await asyncio.gather(
        take(
            contributions,
            [*(an_award(number, 3_000_00) for number in range(6)), *declined],
            [an_award(number, 3_000_00) for number in range(12, 18)],
        ),
        pay(contributions, application_id=str(paid_for.application_id), claim_id=str(an_id("claim"))),
    )

    books = await assert_books_balance(contributions)
    assert (books["paid_pence"], books["reserved_pence"]) == (50_000_00, 18_000_00)
    assert await contributions.rows("SELECT * FROM parked_event") == []
