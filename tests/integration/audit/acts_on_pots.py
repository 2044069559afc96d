"""What happens to pots apart from grants, in the audited council: each act once, on deeds of their own."""

from uuid import UUID

from deploy.local.demonstration import money
from deploy.local.demonstration.client import FundClient
from services.portal.identity import people


async def act_on_pots(fund: FundClient) -> None:
    """A receipt is reversed, money goes back to whoever a deed names, interest comes, a deed is varied."""
    await _reversed(fund)
    await _refunded(fund)
    await _earning_and_varied(fund)


async def _reversed(fund: FundClient) -> None:
    """A receipt that was posted by mistake, and what was done about it."""
    pot_id = await money.record(fund, money.DEEDS[2])
    said = {"reversed_on": "2023-02-06", "reason": "Posted to the wrong agreement."}
    await fund.post("contributions", f"/pots/{pot_id}/reversal", people.OFFICER, said)


async def _refunded(fund: FundClient) -> None:
    """All of a deed's money goes back: first asked for wrongly and refused, then returned."""
    pot_id = await money.record(fund, money.DEEDS[3])
    refused = await _ask_for_refund(fund, "refused", pot_id)
    said = {"refused_on": "2025-02-04", "reason": "Another payee is named."}
    await fund.post("contributions", f"{refused}/refuse", people.PAYMENT_APPROVER, said)
    returned = await _ask_for_refund(fund, "returned", pot_id)
    approval = {"approved_on": "2025-02-05"}
    await fund.post("contributions", f"{returned}/approve", people.PAYMENT_APPROVER, approval)
    voucher = {"voucher": "V-2025-77", "returned_on": "2025-02-06"}
    await fund.post("contributions", f"{returned}/returned", people.PAYMENT_REQUESTER, voucher)


async def _ask_for_refund(fund: FundClient, name: str, pot_id: str | None) -> str:
    refund_id = str(fund.id("refund", name))
    asked = {
        "refund_id": refund_id,
        "pot_id": pot_id,
        "amount_pence": money.DEEDS[3].amount_pence,
        "payee": "Ouzel Homes Limited",
        "reason": "The permission lapsed.",
        "requested_on": "2025-02-03",
    }
    await fund.post("contributions", "/refunds", people.FUND_MANAGER, asked)
    return f"/refunds/{refund_id}"


async def _earning_and_varied(fund: FundClient) -> None:
    """Interest on held money; of the refunded deed, a later date by a variation, and what it says."""
    earned = {
        "interest_id": str(fund.id("interest")),
        "organisation": money.COUNCIL,
        "period_start": "2022-07-01",
        "period_end": "2022-09-30",
        "amount_pence": 101,
    }
    await fund.post("contributions", "/interest", people.FUND_MANAGER, earned)
    application = money.DEEDS[3].application
    varied = {"spend_by_on": "2036-08-19", "deed_on": "2025-05-02", "document_url": "https://deeds.example/2"}
    extension = f"/pots/{fund.id('receipt', application)}/extension"
    await fund.post("contributions", extension, people.FUND_MANAGER, varied)
    agreement_id, obligation_id = (fund.id(what, application) for what in ("agreement", "obligation"))
    path = f"/agreements/{agreement_id}/obligations/{obligation_id}/spending-terms"
    terms = {"spend_by_counts": "committed", "refund_with_interest": True, "recipients": ["school"]}
    await fund.post("contributions", path, people.OFFICER, terms)


async def draw_otherwise(fund: FundClient, application_id: UUID) -> None:
    """A reserved award is borne half by another pot than was proposed."""
    told = await fund.get("contributions", f"/grant-fundings/{application_id}/pots", people.FUND_MANAGER)
    proposed, other = (
        next(pot for pot in told["pots"] if bool(pot["current_pence"]) is bears) for bears in (True, False)
    )
    half_pence = proposed["current_pence"] // 2
    shares = [
        {"pot_id": proposed["pot_id"], "amount_pence": proposed["current_pence"] - half_pence},
        {"pot_id": other["pot_id"], "amount_pence": half_pence},
    ]
    redrawing = {"shares": shares, "reason": "Its deed is to be varied.", "redrawn_on": "2025-06-20"}
    path = f"/grant-fundings/{application_id}/shares"
    await fund.post("contributions", path, people.PAYMENT_REQUESTER, redrawing)
