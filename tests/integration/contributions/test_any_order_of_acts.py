"""Whatever people and events do, in any order: the books add up and no pot is overdrawn."""

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.contributions_service import a_pot, assert_books_balance, payment_body
from tests.support.events import BUNHILL, an_id, awarded, milestone_verified, offer_accepted, offer_declined
from tests.support.people import OFFICER, PAYMENT_APPROVER, PAYMENT_REQUESTER
from tests.support.services import ServiceUnderTest, service_under_test

NUMBERS = st.integers(1, 3)
PENCE = st.integers(1, 60_000_00)
ACTS = st.one_of(
    st.tuples(st.just("receive"), NUMBERS, PENCE),
    st.tuples(st.just("award"), NUMBERS, PENCE),
    st.tuples(st.just("accept"), NUMBERS, PENCE),
    st.tuples(st.just("decline"), NUMBERS, PENCE),
    st.tuples(st.just("verify"), NUMBERS, PENCE),
    st.tuples(st.just("pay"), NUMBERS, PENCE),
    st.tuples(st.just("refuse"), NUMBERS, PENCE),
)
ORDERLY = [("receive", 1, 50_000_00), ("award", 1, 40_000_01), ("accept", 1, 1), ("verify", 1, 20_000_00)]


async def act(service: ServiceUnderTest, count: int, name: str, number: int, pence: int) -> None:
    """One act of one grant; the service may well refuse it."""
    ids: dict[str, Any] = {"application_id": an_id(f"application {number}")}
    award = {**ids, "award_id": an_id(f"award {number}")}
    claim = an_id(f"claim {number}")
    if name == "receive":
        await a_pot(service, f"{count}", pence)
    elif name == "award":
        await service.give(awarded(**award, amount_pence=pence, ward=BUNHILL))
    elif name == "accept":
        await service.give(offer_accepted(**award))
    elif name == "decline":
        await service.give(offer_declined(**award))
    elif name == "verify":
        await service.give(milestone_verified(**ids, claim_id=claim, amount_pence=pence))
    elif name == "refuse":
        await try_to_refuse(service, number)
    else:
        await try_to_pay(service, number)


async def try_to_refuse(service: ServiceUnderTest, number: int) -> None:
    """Ask for another payment of the claim, and refuse it: what was paid stays paid."""
    payment = str(an_id(f"refused payment {number}"))
    body = payment_body(
        payment_id=payment,
        application_id=str(an_id(f"application {number}")),
        claim_id=str(an_id(f"claim {number}")),
    )
    refusal = {"refused_on": "2021-04-07", "reason": "The invoice is of another hall."}
    for path, content in (("/payments", body), (f"/payments/{payment}/refuse", refusal)):
        answer = await service.request("POST", path, PAYMENT_REQUESTER, json=content)
        assert answer.status_code in {201, 404, 409}, answer.text


async def try_to_pay(service: ServiceUnderTest, number: int) -> None:
    payment = str(an_id(f"payment {number}"))
    body = payment_body(
        payment_id=payment,
        application_id=str(an_id(f"application {number}")),
        claim_id=str(an_id(f"claim {number}")),
    )
    steps = (
        ("/payments", PAYMENT_REQUESTER, body),
        (f"/payments/{payment}/approve", PAYMENT_APPROVER, {"approved_on": "2021-04-06"}),
        (f"/payments/{payment}/paid", PAYMENT_REQUESTER, {"voucher": f"V-{number}", "paid_on": "2021-04-09"}),
    )
    for path, person, content in steps:
        answer = await service.request("POST", path, person, json=content)
        assert answer.status_code in {201, 404, 409}, answer.text


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(ACTS, min_size=4, max_size=12))
async def test_any_order_of_acts_keeps_the_books_right(
    postgres_url: str, tmp_path: Path, acts: list[tuple[str, int, int]]
) -> None:
    async with service_under_test(postgres_url, "contributions", tmp_path) as service:
        received = 0
        for count, (name, number, pence) in enumerate([*ORDERLY, *acts]):
            await act(service, count, name, number, pence)
            received += pence if name == "receive" else 0
        books = await assert_books_balance(service)
        held = await service.get("/pots", OFFICER)

        assert books["received_pence"] == received
        assert all(pot["available_pence"] >= 0 for pot in held["pots"])
        sequences = await service.rows(
            "SELECT topic, key FROM event_log GROUP BY topic, key HAVING max(sequence) <> count(*)"
        )
        assert sequences == []
