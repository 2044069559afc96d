"""Awards that come many at once: in one batch, or two hundred batches at the same moment."""

import asyncio
from collections import Counter
from uuid import UUID

from sqlalchemy import event

from shared.events.assessment import GrantAwarded
from shared.events.contributions import FundsRefused, FundsReserved
from tests.support.contributions_service import a_pot, assert_books_balance, balances
from tests.support.events import BUNHILL, HILLRISE, an_id, awarded
from tests.support.services import ServiceUnderTest, record


def an_award(number: int, pence: int, application: int | None = None) -> GrantAwarded:
    """Awards alternate between two wards; each is of an application of its own unless one is named."""
    owner = number if application is None else application
    return awarded(
        application_id=an_id(f"application {owner}"),
        award_id=an_id(f"award {number}"),
        ward=BUNHILL if number % 2 else HILLRISE,
        amount_pence=pence,
    )


async def two_pots(service: ServiceUnderTest) -> tuple[UUID, UUID]:
    """A pot of 50.00 for Bunhill alone, and a later one of 50.00 for all wards."""
    bunhill = await a_pot(service, "bunhill", 50_00, wards=[BUNHILL], spend_by_months=60)
    return bunhill, await a_pot(service, "all", 50_00, spend_by_months=72)


async def reserved(service: ServiceUnderTest) -> dict[UUID, list[tuple[UUID, int]]]:
    """What each pot bears of each award that holds money."""
    return {
        fact.award_id: [(share.pot_id, share.amount_pence) for share in fact.shares]
        for fact in await service.recorded()
        if isinstance(fact, FundsReserved)
    }


async def test_awards_of_one_batch_draw_in_turn_and_a_refused_one_spoils_no_other(
    contributions: ServiceUnderTest,
) -> None:
    bunhill, everywhere = await two_pots(contributions)

    await contributions.give(an_award(1, 60_00), an_award(2, 40_01), an_award(4, 40_00), an_award(3, 1))

    assert await reserved(contributions) == {
        an_id("award 1"): [(bunhill, 50_00), (everywhere, 10_00)],
        an_id("award 4"): [(everywhere, 40_00)],
    }
    refused = [fact for fact in await contributions.recorded() if isinstance(fact, FundsRefused)]
    assert [(fact.award_id, fact.available_pence) for fact in refused] == [
        (an_id("award 2"), 40_00),
        (an_id("award 3"), 0),
    ]
    await assert_books_balance(contributions)


async def test_an_award_that_cannot_be_answered_is_set_aside_alone(contributions: ServiceUnderTest) -> None:
    await two_pots(contributions)
    second_of_one = an_award(5, 1_00, application=1)

    await contributions.give(an_award(1, 10_00), second_of_one, an_award(2, 10_00), an_award(3, 10_00))

    assert set(await reserved(contributions)) == {an_id(f"award {number}") for number in (1, 2, 3)}
    parked = await contributions.rows("SELECT key, kind, reason FROM parked_event")
    assert [(row["key"], row["kind"]) for row in parked] == [(str(an_id("application 1")), "parked")]
    assert "another award" in parked[0]["reason"]


async def test_a_refused_application_and_its_smaller_award_may_come_in_one_batch(
    contributions: ServiceUnderTest,
) -> None:
    await two_pots(contributions)

    await contributions.give(an_award(1, 100_01), an_award(3, 100_00, application=1), an_award(3, 1))

    assert set(await reserved(contributions)) == {an_id("award 3")}
    (funding,) = await contributions.rows("SELECT award_id, version FROM grant_funding")
    assert (funding["award_id"], funding["version"]) == (an_id("award 3"), 2)


async def test_fifty_awards_take_as_many_statements_as_two(contributions: ServiceUnderTest) -> None:
    await two_pots(contributions)
    statements: list[str] = []
    engine = contributions.service.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *told: statements.append(told[2]))

    await contributions.give(an_award(101, 1), an_award(103, 1))
    of_two = len(statements)
    await contributions.give(*(an_award(number, 1) for number in range(1, 100, 2)))

    assert len(await reserved(contributions)) == 52
    assert len(statements) - of_two <= of_two + 1


async def test_two_hundred_awards_at_the_same_moment_never_overdraw_overlapping_pots(
    contributions: ServiceUnderTest,
) -> None:
    pots = await two_pots(contributions)
    reader = contributions.service.reader
    assert reader is not None

    await asyncio.gather(*(reader.take([record(an_award(number, 60), 1)]) for number in range(200)))

    told = Counter(type(fact) for fact in await contributions.recorded())
    assert told[FundsReserved] + told[FundsRefused] == 200
    held = sum(share for shares in (await reserved(contributions)).values() for _, share in shares)
    assert held == told[FundsReserved] * 60
    assert held == sum([(await balances(contributions, pot))["reserved"] for pot in pots])
    assert 100_00 - held < 60
    await assert_books_balance(contributions)
    assert await contributions.rows("SELECT * FROM parked_event") == []
