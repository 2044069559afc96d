"""Terms of payment and demands, for officers; whoever reads the register reads them."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.demands.issue_demand import IssueDemand, issue_demand
from services.contributions.commands.demands.record_payment_terms import (
    RecordPaymentTerms,
    record_payment_terms,
)
from services.contributions.commands.demands.withdraw_demand import WithdrawDemand, withdraw_demand
from services.contributions.domain.demands.demand import Letter
from services.contributions.domain.demands.terms import (
    USUAL_DAYS_TO_PAY,
    Compounding,
    LateInterestTerms,
    PaymentTerms,
)
from services.contributions.domain.indexation.rule import (
    Basis,
    EndDay,
    IndexationRule,
    IndexMonth,
    Rounding,
)
from services.contributions.queries.demand_letter import demand_letter
from services.contributions.queries.demand_preview import DemandPreview, preview_demand, show_terms
from services.contributions.queries.demands import DemandPage, DemandView, Show, list_demands, show_demand
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded
from shared.web.files import PdfFile

router = APIRouter(tags=["demands"])

OBLIGATION = "/agreements/{agreement_id}/obligations/{obligation_id}"


class IndexationBody(BaseModel):
    """How the sum grows until it is paid; the defaults are the usual clause of a deed."""

    basis: Basis = Basis.NONE
    series_id: UUID | None = None
    yearly_percent: Decimal | None = None
    compounds: bool = True
    base_on: date | None = None
    base_month: IndexMonth = IndexMonth.MONTH_BEFORE
    end_day: EndDay = EndDay.DUE
    end_month: IndexMonth = IndexMonth.MONTH_BEFORE
    floor: bool = True
    rounding: Rounding = Rounding.PENNY


class LateInterestBody(BaseModel):
    """Interest on what is paid late: the bank's base rate plus the margin, in percent a year."""

    bank: str
    margin_percent: Decimal
    compounding: Compounding = Compounding.SIMPLE


class PaymentTermsBody(BaseModel):
    """What the deed says of one obligation's payment; without days to pay, due when the trigger is met."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "clause": "Schedule 2, paragraph 3",
                "indexation": {
                    "basis": "index",
                    "series_id": "5b1c4d3a-6a53-4f0c-9c7c-0d8a5c3f1e22",
                    "base_month": "month_before",
                    "end_day": "trigger",
                    "end_month": "month_before",
                    "floor": True,
                    "rounding": "penny",
                },
                "days_to_pay": 28,
                "late_interest": {
                    "bank": "Bank of England",
                    "margin_percent": "4",
                    "compounding": "simple",
                },
            }
        }
    )

    clause: str | None = None
    indexation: IndexationBody = IndexationBody()
    days_to_pay: int | None = USUAL_DAYS_TO_PAY
    late_interest: LateInterestBody | None = None

    def terms(self) -> PaymentTerms:
        """The terms in the fund's own words."""
        late = self.late_interest
        return PaymentTerms(
            clause=self.clause,
            indexation=IndexationRule(**self.indexation.model_dump()),
            days_to_pay=self.days_to_pay,
            late_interest=None if late is None else LateInterestTerms(**late.model_dump()),
        )


class LetterBody(BaseModel):
    """What the letter says beside the sums: who asks, who is asked, and how to pay."""

    council_name: str = ""
    council_address: str = ""
    addressee: str = ""
    addressee_address: str = ""
    how_to_pay: str = ""


class DemandBody(BaseModel):
    """A demand on the terms that hold; without a reference the fund makes one."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "demand_id": "8a1f2f5e-6c1c-4a55-9d0e-6b4f0c5a7d11",
                "issued_on": "2026-11-02",
                "letter": {
                    "council_name": "Ouzel Valley City Council",
                    "council_address": "Civic Offices, 1 High Street, Netherbourne",
                    "addressee": "Netherbourne Homes Ltd",
                    "addressee_address": "2 Mill Lane, Netherbourne",
                    "how_to_pay": "By bank transfer to the account on the council's website.",
                },
            }
        }
    )

    demand_id: UUID
    issued_on: date
    reference: str | None = None
    letter: LetterBody = LetterBody()


class WithdrawalBody(BaseModel):
    """Why and when a demand is taken back."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"reason": "The index was read for the wrong month.", "withdrawn_on": "2026-11-09"}
        }
    )

    reason: str
    withdrawn_on: date


@router.post(f"{OBLIGATION}/payment-terms", status_code=201)
async def post_payment_terms(
    agreement_id: UUID,
    obligation_id: UUID,
    body: PaymentTermsBody,
    edge: Annotated[Edge, commands(Role.OFFICER)],
) -> Recorded:
    """Record what the deed says of an obligation's payment."""
    command = RecordPaymentTerms(agreement_id=agreement_id, obligation_id=obligation_id, terms=body.terms())
    return await edge.perform(command, record_payment_terms)


@router.post(f"{OBLIGATION}/demands", status_code=201)
async def post_demand(
    agreement_id: UUID,
    obligation_id: UUID,
    body: DemandBody,
    edge: Annotated[Edge, commands(Role.OFFICER)],
) -> Recorded:
    """Demand what an obligation has made due."""
    command = IssueDemand(
        agreement_id=agreement_id,
        obligation_id=obligation_id,
        demand_id=body.demand_id,
        issued_on=body.issued_on,
        reference=body.reference,
        letter=Letter(**body.letter.model_dump()),
    )
    return await edge.perform(command, issue_demand)


@router.post("/demands/{demand_id}/withdrawal", status_code=201)
async def post_demand_withdrawal(
    demand_id: UUID, body: WithdrawalBody, edge: Annotated[Edge, commands(Role.OFFICER)]
) -> Recorded:
    """Take a demand back; a corrected one is a new demand."""
    return await edge.perform(WithdrawDemand(demand_id=demand_id, **body.model_dump()), withdraw_demand)


@router.get(f"{OBLIGATION}/payment-terms")
async def get_payment_terms(
    agreement_id: UUID, obligation_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]
) -> PaymentTerms:
    """The terms that hold for an obligation; number 0 are the usual ones, where none are recorded."""
    return await show_terms(view.session, agreement_id, obligation_id)


@router.get(f"{OBLIGATION}/demand-preview")
async def get_demand_preview(
    agreement_id: UUID,
    obligation_id: UUID,
    view: Annotated[View, reads(*REGISTER_READERS)],
    issued_on: date | None = None,
) -> DemandPreview:
    """What a demand of a day (today, unless given) would ask for; nothing goes out."""
    day = issued_on or view.today
    return await preview_demand(view.session, agreement_id, obligation_id, issued_on=day, today=view.today)


@router.get("/demands")
async def get_demands(
    view: Annotated[View, reads(*REGISTER_READERS)],
    show: Show = Show.ALL,
    search: str = "",
    due_from: date | None = None,
    due_to: date | None = None,
    cursor: UUID | None = None,
) -> DemandPage:
    """Demands by the day they are due: all, unpaid, overdue or withdrawn ones."""
    return await list_demands(
        view.session,
        today=view.today,
        show=show,
        search=search,
        due_from=due_from,
        due_to=due_to,
        after=cursor,
    )


@router.get("/demands/{demand_id}")
async def get_demand(demand_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]) -> DemandView:
    """One demand with its frozen working, and the late interest on it as of today."""
    return await show_demand(view.session, demand_id, today=view.today)


@router.get("/demands/{demand_id}/letter.pdf", response_class=PdfFile)
async def get_demand_letter(demand_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]) -> PdfFile:
    """The letter that goes out with a demand: a tagged PDF (PDF/UA)."""
    demand = await show_demand(view.session, demand_id, today=view.today)
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", demand.demand.reference).strip("-.") or "demand"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.pdf"',
        "X-Content-Type-Options": "nosniff",
    }
    return PdfFile(await demand_letter(demand), headers=headers)
