"""The letter that goes out with a demand: a PDF that everybody can read, from what the demand froze."""

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from services.contributions.domain.demands.terms import Compounding, LateInterestTerms
from services.contributions.queries.demands import DemandView
from shared.pdf import write_pdf
from shared.wording import in_pounds, in_words

TEMPLATE = Path(__file__).with_name("letter.typ")
COMPOUNDED = {
    Compounding.SIMPLE: "simple interest, on a year of 365 days",
    Compounding.MONTHLY: "compounded each month from the due date",
    Compounding.QUARTERLY: "compounded every three months from the due date",
    Compounding.YEARLY: "compounded each year from the due date",
}
USUAL_WAY_TO_PAY = "Ask the council's section 106 officer for the account to pay into."


async def demand_letter(view: DemandView) -> bytes:
    """The PDF; the same demand gives the same bytes."""
    issued_at = datetime.combine(view.demand.issued_on, time(), UTC)
    return await write_pdf(TEMPLATE, _letter(view), at=issued_at)


def _letter(view: DemandView) -> dict[str, Any]:
    demand, letter = view.demand, view.letter
    day = demand.issued_on
    return {
        "title": f"Demand {demand.reference} for payment under a planning obligation",
        "reference": demand.reference,
        "dated": {"year": day.year, "month": day.month, "day": day.day},
        "council": letter.council_name or demand.organisation,
        "council_address": letter.council_address,
        "addressee": letter.addressee,
        "addressee_address": letter.addressee_address,
        "issued_on": in_words(day),
        "opening": _opening(view),
        "sums": _rows(_sums(view)),
        "working": _rows((step.what, step.figure) for step in view.working.steps),
        "notes": _notes(view),
        "how_to_pay": [
            letter.how_to_pay or USUAL_WAY_TO_PAY,
            f"Quote the reference {demand.reference}, so that the payment is matched to this demand.",
        ],
        "late": _late(view.terms.late_interest, view.terms.clause),
    }


def _opening(view: DemandView) -> list[str]:
    demand = view.demand
    deed = f" dated {in_words(view.deed_on)}" if view.deed_on else ""
    clause = f", {view.clause}" if view.clause else ""
    met = f" on {in_words(view.trigger_met_on)}" if view.trigger_met_on else ""
    site = f" for {demand.development}, planning application {view.planning_application}"
    opening = [
        f"Under agreement {demand.agreement_reference}{deed}{clause}{site}, a sum is due to the council.",
        f"What makes it due, in the deed's words: {view.trigger.rstrip('.')}. This happened{met}.",
    ]
    if demand.state == "withdrawn":
        assert demand.withdrawn_on is not None
        opening.insert(0, f"This demand was withdrawn on {in_words(demand.withdrawn_on)}: do not pay it.")
    return opening


def _sums(view: DemandView) -> list[tuple[str, str]]:
    demand = view.demand
    return [
        ("Obligation", demand.obligation_reference),
        ("Sum in the deed", in_pounds(demand.base_pence)),
        ("Sum demanded", in_pounds(demand.demanded_pence)),
        ("To be paid by", in_words(demand.due_on)),
        ("Reference to quote", demand.reference),
    ]


def _notes(view: DemandView) -> list[str]:
    if not view.demand.provisional:
        return []
    said = (
        "A figure marked provisional may still be revised by its publisher. This demand stands on the "
        "figures as they were published on the days named."
    )
    return [said]


def _late(terms: LateInterestTerms | None, clause: str | None) -> str:
    if terms is None:
        return "The deed's terms that are recorded here name no interest on late payment."
    where = f" ({clause})" if clause else ""
    margin = terms.margin_percent.normalize()
    return (
        f"The deed{where} asks interest on what is not paid by the due date: {margin:f}% a year above "
        f"the base rate of {terms.bank}, from the due date to the day of payment, "
        f"{COMPOUNDED[terms.compounding]}. The rate follows each change of the base rate."
    )


def _rows(rows: Any) -> list[dict[str, str]]:
    return [{"what": what, "figure": figure} for what, figure in rows]
