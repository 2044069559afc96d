"""What the applicant wrote, as the applications service shows it to those who may assess it."""

from asyncio import sleep
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field

from services.portal.clients import ServiceProblem
from services.portal.identity.pages_rule import Page

NOT_YET_HEARD = {"assessment.not_declared", "application.not_found"}
"""What applications says until it has heard of a declaration that assessment took a moment ago."""
PAUSE_SECONDS = 0.5


class Building(BaseModel):
    """The building, its use and whose it is."""

    name: str = ""
    address: str | None = None
    ward: str | None = None
    use: str | None = None
    uprn: str | None = None
    tenure: str | None = None
    lease_years_left: int | None = None


class FuelUse(BaseModel):
    """About twelve months of one fuel (kWh); the period's end is the day after its last."""

    fuel: str
    period_start: date
    period_end: date
    kwh: Decimal

    @property
    def last_day(self) -> date:
        """The last day of the period, as people say it."""
        return self.period_end - timedelta(days=1)


class Energy(BaseModel):
    """The energy used before the works, or why it is not given."""

    energy: list[FuelUse] = Field(default_factory=list)
    missing_reason: str | None = None


class CostLine(BaseModel):
    """One cost (pence)."""

    description: str
    net_pence: int
    vat_pence: int | None = None
    vat_recoverable: bool | None = None
    eligible: bool | None = None
    quote_supplier: str | None = None
    quote_reference: str | None = None

    @property
    def quote(self) -> str:
        """The quote behind the line."""
        return " ".join(filter(None, (self.quote_supplier, self.quote_reference))) or "None"


class Costs(BaseModel):
    """All costs of the works."""

    costs: list[CostLine] = Field(default_factory=list)


class MatchFundingLine(BaseModel):
    """Money from elsewhere (pence)."""

    source: str
    amount_pence: int
    confirmed: bool | None = None


class MatchFunding(BaseModel):
    """What others give."""

    match_funding: list[MatchFundingLine] = Field(default_factory=list)


class Who(BaseModel):
    """What the organisation is in law."""

    legal_status: str | None = None


class Sections(BaseModel):
    """The sections that a submitted application always has."""

    who: Who
    building: Building
    energy: Energy
    costs: Costs
    match_funding: MatchFunding


class Figures(BaseModel):
    """The sums of the application (pence)."""

    total_cost_pence: int
    eligible_cost_pence: int
    match_funding_pence: int
    requested_pence: int
    quotes: int


class Input(BaseModel):
    """One figure that a step uses."""

    name: str
    value: Decimal
    unit: str


class Step(BaseModel):
    """One step of the calculation of a saving."""

    label: str
    formula: str
    inputs: list[Input]
    result: Decimal
    unit: str
    source: str


class MeasureSaving(BaseModel):
    """What one measure promises (kWh and kgCO2e a year), step by step."""

    kind: str
    fuel: str
    promised_kwh: Decimal
    promised_kg_co2e: Decimal
    lifetime_years: int
    lifetime_kg_co2e: Decimal
    steps: list[Step]


class Saving(BaseModel):
    """What all measures promise together."""

    factor_edition: str
    factor_source: str
    measures: list[MeasureSaving]
    promised_kwh: Decimal
    promised_kg_co2e: Decimal
    lifetime_kg_co2e: Decimal


class Application(BaseModel):
    """A submitted application in full, without anybody's details."""

    reference: str
    submitted_on: date
    organisation_name: str
    organisation_kind: str
    sections: Sections
    figures: Figures
    saving: Saving


async def read_application(page: Page, application_id: UUID) -> Application | None:
    """The applicant's words; None while applications has not heard yet that the reader may read them."""
    for pause in (PAUSE_SECONDS, 0):
        try:
            path = f"/applications/{application_id}/for-assessment"
            return Application.model_validate(await page.services.applications.get(path))
        except ServiceProblem as refusal:
            if refusal.code not in NOT_YET_HEARD:
                raise
        await sleep(pause)
    return None
