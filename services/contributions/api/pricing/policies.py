"""Price policies, for the fund manager; whoever reads the register reads them."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.pricing.record_price_policy import (
    RecordPolicyVersion,
    RecordPricePolicy,
    record_policy_version,
    record_price_policy,
)
from services.contributions.domain.pricing.policy import (
    Basis,
    DwellingSums,
    PricePolicy,
    Scope,
    YearOfSeries,
)
from services.contributions.domain.pricing.rounding import Rounding
from services.contributions.queries.pricing import PolicyPage, PolicyView, list_policies, show_policy
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded

router = APIRouter(prefix="/price-policies")

LONGEST_SERIES = 200
EXAMPLE: dict[str, Any] = {
    "basis": "one_off",
    "scope": "regulated",
    "price_pence_per_tonne": 20_000,
    "minimum_factors": ["0.81", "0.80"],
    "valid_from": "2019-03-20",
    "source": "Plan:MK policy SC1. UNCONFIRMED: whether the price is index-linked today.",
}


class YearBody(BaseModel):
    """One year of a declining series: a price in pence, a grid factor (kgCO2e per kWh), or both."""

    year: int
    price_pence_per_tonne: int | None = None
    kg_co2e_per_kwh: Decimal | None = None


class VersionBody(BaseModel):
    """What a version of a price policy says; which fields it needs depends on its basis."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    basis: Basis
    scope: Scope = Scope.REGULATED
    price_pence_per_tonne: int | None = None
    years: int | None = None
    series: Annotated[tuple[YearBody, ...], Field(max_length=LONGEST_SERIES)] = ()
    house_pence: int | None = None
    flat_pence: int | None = None
    dwelling_pence: int | None = None
    management_fee_percent: Decimal = Decimal(0)
    minimum_factors: tuple[Decimal, ...] = ()
    rounding: Rounding = Rounding.NEAREST_PENNY
    valid_from: date
    source: str
    source_url: str | None = None

    def draft(self, policy_id: UUID, organisation: str = "", name: str = "") -> PricePolicy:
        """The version as somebody asks for it; its number is given when it is recorded."""
        sums = {"house_pence", "flat_pence", "dwelling_pence"}
        told = self.model_dump(exclude={*sums, "series", "policy_id", "organisation", "name"})
        return PricePolicy(
            policy_id=policy_id,
            version=0,
            organisation=organisation,
            name=name,
            dwelling_sums=DwellingSums(**self.model_dump(include=sums)),
            series=tuple(YearOfSeries(**each.model_dump()) for each in self.series),
            **told,
        )


class PolicyBody(VersionBody):
    """A new price policy with its first version."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "policy_id": "6f1d1a5e-3c55-4c7b-8a57-0a8f3d7c9e21",
                "organisation": "local-authority-eng:MIK",
                "name": "Carbon offset price",
                **EXAMPLE,
            }
        }
    )

    policy_id: UUID
    organisation: str
    name: str


@router.post("", status_code=201)
async def post_policy(body: PolicyBody, edge: Annotated[Edge, commands(Role.FUND_MANAGER)]) -> Recorded:
    """Enter a price policy."""
    draft = body.draft(body.policy_id, body.organisation, body.name)
    return await edge.perform(RecordPricePolicy(policy=draft), record_price_policy)


@router.post("/{policy_id}/versions", status_code=201)
async def post_version(
    policy_id: UUID, body: VersionBody, edge: Annotated[Edge, commands(Role.FUND_MANAGER)]
) -> Recorded:
    """Enter the version that follows the newest and ends it."""
    command = RecordPolicyVersion(policy=body.draft(policy_id))
    return await edge.perform(command, record_policy_version)


@router.get("")
async def get_policies(
    view: Annotated[View, reads(*REGISTER_READERS)],
    organisation: str | None = None,
    cursor: UUID | None = None,
) -> PolicyPage:
    """Price policies with all their versions, in the order of their names."""
    return await list_policies(view.session, organisation, cursor)


@router.get("/{policy_id}")
async def get_policy(policy_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]) -> PolicyView:
    """One price policy with its versions, the newest first."""
    return await show_policy(view.session, policy_id)
