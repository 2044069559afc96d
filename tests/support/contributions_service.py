"""Acts of the people who work with the contributions service, through its HTTP edge."""

from datetime import date
from typing import Any
from uuid import UUID

from tests.support.events import CLAIM_ID, GREEN, ISLINGTON, PAYMENT_ID, an_id
from tests.support.events.ids import APPLICATION_ID
from tests.support.people import OFFICER, PAYMENT_APPROVER, PAYMENT_REQUESTER
from tests.support.services import ServiceUnderTest

DEED_ON = date(2019, 4, 17)


def agreement_body(name: str = "agreement", **changes: Any) -> dict[str, Any]:
    """An agreement as an officer fills in the form."""
    return {
        "agreement_id": str(an_id(name)),
        "organisation": ISLINGTON,
        "reference": f"{name}-da",
        "planning_application": "P2018/2269/FUL",
        "kind": "section_106",
        "deed_on": DEED_ON.isoformat(),
        **changes,
    }


def obligation_body(name: str = "obligation", **changes: Any) -> dict[str, Any]:
    """A sum for green infrastructure, to be spent within ten years."""
    return {
        "obligation_id": str(an_id(name)),
        "reference": name,
        "purpose": GREEN,
        "amount_pence": 88_596_00,
        "spend_by_months": 120,
        "wards": [],
        "trigger": "Before the first occupation of any flat",
        **changes,
    }


def receipt_body(name: str = "receipt", **changes: Any) -> dict[str, Any]:
    """The whole sum, received in the summer after the deed."""
    return {
        "receipt_id": str(an_id(name)),
        "amount_pence": 88_596_00,
        "received_on": "2019-08-30",
        **changes,
    }


async def a_due_obligation(service: ServiceUnderTest, name: str, **changes: Any) -> str:
    """An agreement with one obligation whose trigger is met; answers the obligation's path."""
    organisation = changes.pop("organisation", ISLINGTON)
    body = agreement_body(f"agreement {name}", organisation=organisation)
    await service.post("/agreements", OFFICER, body)
    path = f"/agreements/{body['agreement_id']}/obligations"
    await service.post(path, OFFICER, obligation_body(name, **changes))
    await service.post(f"{path}/{an_id(name)}/trigger", OFFICER, {"trigger_met_on": DEED_ON.isoformat()})
    return f"{path}/{an_id(name)}"


async def a_pot(
    service: ServiceUnderTest, name: str, pence: int, *, received_on: str = "2019-08-30", **changes: Any
) -> UUID:
    """Money of an agreement of its own, received; answers the pot's id."""
    path = await a_due_obligation(service, name, amount_pence=pence, **changes)
    body = receipt_body(f"pot {name}", amount_pence=pence, received_on=received_on)
    await service.post(f"{path}/receipts", OFFICER, body)
    return an_id(f"pot {name}")


async def pay(service: ServiceUnderTest, **changes: Any) -> None:
    """Ask for, approve and make the payment of a payable claim."""
    payment_id = changes.pop("payment_id", PAYMENT_ID)
    await service.post("/payments", PAYMENT_REQUESTER, payment_body(payment_id=str(payment_id), **changes))
    await service.post(f"/payments/{payment_id}/approve", PAYMENT_APPROVER, {"approved_on": "2021-04-06"})
    paid = {"voucher": "V-2021-0042", "paid_on": "2021-04-09"}
    await service.post(f"/payments/{payment_id}/paid", PAYMENT_APPROVER, paid)


def payment_body(**changes: Any) -> dict[str, Any]:
    """A request to pay the claim of the tests' grant."""
    return {
        "payment_id": str(PAYMENT_ID),
        "application_id": str(APPLICATION_ID),
        "claim_id": str(CLAIM_ID),
        "requested_on": "2021-04-01",
        **changes,
    }


async def balances(service: ServiceUnderTest, pot_id: UUID) -> dict[str, int]:
    """Where the money of a pot is, in pence, empty accounts left out."""
    pot = (await service.get(f"/pots/{pot_id}", OFFICER))["pot"]
    ending = "_pence"
    return {name.removesuffix(ending): pot[name] for name in pot if name.endswith(ending) and pot[name]}


async def assert_books_balance(service: ServiceUnderTest) -> dict[str, Any]:
    """The trial balance, which must be right."""
    books: dict[str, Any] = await service.get("/trial-balance", OFFICER)
    assert (books["total_pence"], books["differences"], books["unbalanced_movements"]) == (0, [], 0)
    assert books["balanced"] is True
    return books
