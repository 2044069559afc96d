"""Energy statements of an agreement, sums worked out from them, and the clauses that they are due under."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.pricing.record_clause import RecordClause, record_clause
from services.contributions.commands.pricing.record_energy_statement import (
    RecordEnergyStatement,
    record_energy_statement,
)
from services.contributions.domain.pricing.asked import Method, SumAsked
from services.contributions.domain.pricing.clause import MOST_TRANCHES, Clause, Tranche
from services.contributions.domain.pricing.policy import DwellingSums
from services.contributions.domain.pricing.statement import Dwellings, EnergyStatement, Residual, Stage
from services.contributions.domain.register.trigger import Trigger, TriggerKind
from services.contributions.queries.pricing import (
    CalculationView,
    StatementView,
    Workings,
    list_calculations,
    list_statements,
    work_out,
)
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded

router = APIRouter(prefix="/agreements/{agreement_id}")

AN_ID = "6f1d1a5e-3c55-4c7b-8a57-0a8f3d7c9e21"
MOST_VERSIONS = 1_000_000
RESIDUAL = {
    "domestic_regulated_t_co2e",
    "domestic_unregulated_t_co2e",
    "non_domestic_regulated_t_co2e",
    "non_domestic_unregulated_t_co2e",
}
DWELLINGS = {"houses", "flats", "dwellings"}
SUMS = {"house_pence", "flat_pence", "dwelling_pence"}


def _example(**content: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"example": content})


class StatementBody(BaseModel):
    """An approved energy statement: the tonnes of CO2e a year that are left, by use."""

    model_config = _example(
        statement_id=AN_ID,
        stage="as_designed",
        reference="Energy and sustainability statement, revision C",
        approved_on="2026-03-02",
        flats=48,
        baseline_t_co2e="100",
        domestic_regulated_t_co2e="41.25",
        non_domestic_regulated_t_co2e="18.5",
    )

    statement_id: UUID
    stage: Stage
    reference: str
    approved_on: date
    houses: int = 0
    flats: int = 0
    dwellings: int = 0
    baseline_t_co2e: Decimal | None = None
    domestic_regulated_t_co2e: Decimal = Decimal(0)
    domestic_unregulated_t_co2e: Decimal = Decimal(0)
    non_domestic_regulated_t_co2e: Decimal = Decimal(0)
    non_domestic_unregulated_t_co2e: Decimal = Decimal(0)
    electricity_kwh: Decimal | None = None
    first_year: int | None = None

    def draft(self, agreement_id: UUID) -> EnergyStatement:
        """The statement as somebody asks for it."""
        told = self.model_dump(exclude={"statement_id", *RESIDUAL, *DWELLINGS})
        return EnergyStatement(
            id=self.statement_id,
            agreement_id=agreement_id,
            residual=Residual(**self.model_dump(include=RESIDUAL)),
            dwellings=Dwellings(**self.model_dump(include=DWELLINGS)),
            **told,
        )


class SumBody(BaseModel):
    """How a sum is set: fixed by the deed, by the deed for each dwelling, or under a price policy."""

    method: Method
    amount_pence: int | None = None
    houses: int = 0
    flats: int = 0
    dwellings: int = 0
    house_pence: int | None = None
    flat_pence: int | None = None
    dwelling_pence: int | None = None
    policy_id: UUID | None = None
    policy_version: Annotated[int | None, Field(ge=1, le=MOST_VERSIONS)] = None
    statement_id: UUID | None = None
    replaces_id: UUID | None = None

    def asked(self) -> SumAsked:
        """The same for the rules of the fund."""
        return SumAsked(
            dwellings=Dwellings(**self.model_dump(include=DWELLINGS)),
            dwelling_sums=DwellingSums(**self.model_dump(include=SUMS)),
            **self.model_dump(
                include={
                    "method",
                    "amount_pence",
                    "policy_id",
                    "policy_version",
                    "statement_id",
                    "replaces_id",
                }
            ),
        )


class SumQuery(SumBody):
    """The same in an address, with the shares of the tranches in percent."""

    percents: Annotated[list[Decimal], Field(min_length=1, max_length=MOST_TRANCHES)] = [Decimal(100)]


class TrancheBody(BaseModel):
    """A share of the sum in percent, and what makes it due: in the deed's words and by kind."""

    obligation_id: UUID
    percent: Decimal = Decimal(100)
    trigger: str
    trigger_kind: TriggerKind = TriggerKind.OTHER
    trigger_dwelling: int | None = None
    trigger_percent: int | None = None
    trigger_on: date | None = None

    def tranche(self) -> Tranche:
        """The same for the rules of the fund."""
        due_on = Trigger(
            kind=self.trigger_kind,
            dwelling=self.trigger_dwelling,
            percent=self.trigger_percent,
            on=self.trigger_on,
        )
        return Tranche(
            obligation_id=self.obligation_id, percent=self.percent, trigger=self.trigger, due_on=due_on
        )


class ClauseBody(BaseModel):
    """A clause with its sum and tranches; `fee` says what makes a management fee due, if there is one."""

    model_config = _example(
        calculation_id=AN_ID,
        clause="Schedule 3, paragraph 2",
        reference="COC",
        purpose="green-infrastructure",
        spend_by_months=120,
        sum={
            "method": "policy",
            "policy_id": AN_ID,
            "policy_version": 1,
            "statement_id": AN_ID,
        },
        tranches=[
            {
                "obligation_id": AN_ID,
                "percent": "100",
                "trigger": "Before more than 50 % of the dwellings are occupied",
                "trigger_kind": "percent_occupation",
                "trigger_percent": 50,
            }
        ],
    )

    calculation_id: UUID
    clause: str
    reference: str
    purpose: str
    spend_by_months: int | None = None
    wards: tuple[str, ...] = ()
    sum: SumBody
    tranches: Annotated[tuple[TrancheBody, ...], Field(max_length=MOST_TRANCHES)]
    fee: TrancheBody | None = None

    def draft(self) -> Clause:
        """The clause as somebody asks for it."""
        return Clause(
            clause=self.clause,
            reference=self.reference.strip(),
            purpose=self.purpose,
            spend_by_months=self.spend_by_months,
            wards=frozenset(self.wards),
            tranches=tuple(each.tranche() for each in self.tranches),
            fee=self.fee.tranche() if self.fee else None,
        )


@router.post("/energy-statements", status_code=201)
async def post_statement(
    agreement_id: UUID, body: StatementBody, edge: Annotated[Edge, commands(Role.OFFICER)]
) -> Recorded:
    """Enter the approved energy statement of a development."""
    command = RecordEnergyStatement(statement=body.draft(agreement_id))
    return await edge.perform(command, record_energy_statement)


@router.get("/energy-statements")
async def get_statements(
    agreement_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]
) -> list[StatementView]:
    """The energy statements of an agreement, in the order of their approval."""
    return await list_statements(view.session, agreement_id)


@router.get("/workings")
async def get_workings(
    agreement_id: UUID,
    query: Annotated[SumQuery, Query()],
    view: Annotated[View, reads(*REGISTER_READERS)],
) -> Workings:
    """Work a sum out step by step, before anything is recorded."""
    return await work_out(view.session, query.asked(), agreement_id, query.percents)


@router.post("/clauses", status_code=201)
async def post_clause(
    agreement_id: UUID, body: ClauseBody, edge: Annotated[Edge, commands(Role.OFFICER)]
) -> Recorded:
    """Enter a clause: how its sum was worked out, and an obligation for each tranche."""
    command = RecordClause(
        agreement_id=agreement_id,
        calculation_id=body.calculation_id,
        asked=body.sum.asked(),
        clause=body.draft(),
    )
    return await edge.perform(command, record_clause)


@router.get("/calculations")
async def get_calculations(
    agreement_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]
) -> list[CalculationView]:
    """How the sums of an agreement were worked out, the oldest first."""
    return await list_calculations(view.session, agreement_id)
