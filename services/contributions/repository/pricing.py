"""Price policies, energy statements and calculations: rows that are only ever added."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.contributions.domain.pricing.asked import Method, SumAsked
from services.contributions.domain.pricing.calculation import (
    Earlier,
    Worked,
    fixed,
    per_dwelling,
    under_policy,
)
from services.contributions.domain.pricing.policy import (
    Basis,
    DwellingSums,
    PricePolicy,
    Scope,
    YearOfSeries,
)
from services.contributions.domain.pricing.rounding import Rounding
from services.contributions.domain.pricing.statement import Dwellings, EnergyStatement, Residual, Stage
from services.contributions.domain.pricing.steps import Step
from services.contributions.repository.rows import add_row
from services.contributions.tables import CalculationRow, EnergyStatementRow, PricePolicyRow
from shared.errors import Conflict, Invalid, NotFound
from shared.messaging import UnitOfWork

OWED = text(
    """
    WITH RECURSIVE chain AS (
        SELECT id, replaces_id, due_pence FROM calculation WHERE id = :id AND agreement_id = :agreement_id
        UNION ALL
        SELECT c.id, c.replaces_id, c.due_pence FROM calculation c JOIN chain ON c.id = chain.replaces_id)
    SELECT sum(due_pence) AS owed_pence,
           EXISTS (SELECT FROM calculation WHERE replaces_id = :id) AS replaced FROM chain
    """
)
RESIDUAL = (
    "domestic_regulated_t_co2e",
    "domestic_unregulated_t_co2e",
    "non_domestic_regulated_t_co2e",
    "non_domestic_unregulated_t_co2e",
)


class Pricing:
    """What sums are worked out from, and how they were, in one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def newest_policy(self, policy_id: UUID) -> PricePolicy:
        """The newest version of a policy, or NotFound."""
        found = select(PricePolicyRow).where(col(PricePolicyRow.policy_id) == policy_id)
        newest = found.order_by(col(PricePolicyRow.version).desc()).limit(1)
        row = (await self._session.execute(newest)).scalar_one_or_none()
        if row is None:
            raise NotFound("policy.not_found", "There is no such price policy. Choose one from the list.")
        return _policy(row)

    async def add_policy(self, policy: PricePolicy, uow: UnitOfWork) -> None:
        """Keep a version; Conflict where its number or its name is taken."""
        message = "A price policy of this name is recorded already. Record a new version of that one."
        taken = Conflict("policy.recorded_before", message, field="name")
        await add_row(self._session, PricePolicyRow(**_policy_row(policy), **_by_whom(uow)), taken)

    async def add_statement(self, statement: EnergyStatement, uow: UnitOfWork) -> None:
        """Keep a statement; Conflict where its id is taken."""
        message = "This energy statement is recorded already."
        taken = Conflict("statement.recorded_before", message)
        await add_row(self._session, EnergyStatementRow(**_statement_row(statement), **_by_whom(uow)), taken)

    async def worked(self, asked: SumAsked, agreement_id: UUID) -> Worked:
        """The sum that is asked for, worked out from what the books hold; nothing is kept yet."""
        if asked.method == Method.FIXED:
            return fixed(asked.amount_pence or 0)
        if asked.method == Method.PER_DWELLING:
            return per_dwelling(asked.dwelling_sums, asked.dwellings)
        policy, statement = await self.rests_on(asked, agreement_id)
        assert policy is not None
        assert statement is not None
        return under_policy(policy, statement, await self._earlier(asked.replaces_id, agreement_id))

    async def rests_on(
        self, asked: SumAsked, agreement_id: UUID
    ) -> tuple[PricePolicy | None, EnergyStatement | None]:
        """The version of a policy and the statement that a sum under a policy is worked out from."""
        if asked.method != Method.POLICY:
            return None, None
        return await self._version(*asked.under_policy()), await self._statement(
            asked.from_statement(), agreement_id
        )

    async def add_calculation(
        self,
        calculation_id: UUID,
        agreement_id: UUID,
        worked: Worked,
        policy: PricePolicy | None,
        statement: EnergyStatement | None,
        uow: UnitOfWork,
    ) -> None:
        """Keep how a sum was worked out, for good, and what it rests on."""
        message = "This calculation is recorded already, or the one that it follows has been followed before."
        row = CalculationRow(
            id=calculation_id,
            agreement_id=agreement_id,
            policy_id=policy.policy_id if policy else None,
            policy_version=policy.version if policy else None,
            statement_id=statement.id if statement else None,
            replaces_id=worked.replaces_id,
            rounding=worked.rounding,
            steps=json.dumps([_step(each) for each in worked.steps], ensure_ascii=False),
            amount_pence=worked.amount_pence,
            due_pence=worked.due_pence,
            fee_pence=worked.fee_pence,
            **_by_whom(uow),
        )
        await add_row(self._session, row, Conflict("calculation.recorded_before", message))

    async def _version(self, policy_id: UUID, version: int) -> PricePolicy:
        row = await self._session.get(PricePolicyRow, (policy_id, version))
        if row is None:
            message = "There is no such version of a price policy. Choose one from the list."
            raise Invalid("policy.unknown", message, field="policy_id")
        return _policy(row)

    async def _statement(self, statement_id: UUID, agreement_id: UUID) -> EnergyStatement:
        row = await self._session.get(EnergyStatementRow, statement_id)
        if row is None or row.agreement_id != agreement_id:
            message = "This agreement has no such energy statement. Record it first."
            raise Invalid("statement.unknown", message, field="statement_id")
        return _statement(row)

    async def _earlier(self, replaces_id: UUID | None, agreement_id: UUID) -> Earlier | None:
        if replaces_id is None:
            return None
        wanted = {"id": replaces_id, "agreement_id": agreement_id}
        found = (await self._session.execute(OWED, wanted)).one()
        if found.owed_pence is None:
            message = "This agreement has no such calculation. Choose one from its page."
            raise Invalid("calculation.unknown", message, field="replaces_id")
        if found.replaced:
            message = "That calculation was followed by another already. Choose the newest."
            raise Conflict("calculation.replaced_before", message, field="replaces_id")
        return Earlier(calculation_id=replaces_id, owed_pence=int(found.owed_pence))


def _by_whom(uow: UnitOfWork) -> dict[str, Any]:
    return {"recorded_by": uow.actor, "recorded_at": uow.now}


def _step(step: Step) -> dict[str, Any]:
    return {
        "label": step.label,
        "formula": step.formula,
        "operands": [
            {"name": each.name, "value": f"{each.value:f}", "unit": each.unit} for each in step.operands
        ],
        "working": step.working,
        "result": {"name": step.result.name, "value": f"{step.result.value:f}", "unit": step.result.unit},
        "result_in_words": step.result.in_words,
        "check": step.kind == "check",
        "met": step.met,
    }


def steps_as_kept(worked: Worked) -> list[dict[str, Any]]:
    """The steps as the JSON of a calculation has them."""
    return [_step(each) for each in worked.steps]


def _policy_row(policy: PricePolicy) -> dict[str, Any]:
    return {
        "policy_id": policy.policy_id,
        "version": policy.version,
        "organisation": policy.organisation,
        "name": policy.name,
        "basis": policy.basis,
        "scope": policy.scope,
        "price_pence_per_tonne": policy.price_pence_per_tonne,
        "years": policy.years,
        "series": json.dumps([_year(each) for each in policy.series]),
        "house_pence": policy.dwelling_sums.house_pence,
        "flat_pence": policy.dwelling_sums.flat_pence,
        "dwelling_pence": policy.dwelling_sums.dwelling_pence,
        "management_fee_percent": policy.management_fee_percent,
        "minimum_factors": list(policy.minimum_factors),
        "rounding": policy.rounding,
        "valid_from": policy.valid_from,
        "source": policy.source,
        "source_url": policy.source_url,
    }


def _year(each: YearOfSeries) -> dict[str, Any]:
    factor = each.kg_co2e_per_kwh
    return {
        "year": each.year,
        "price_pence_per_tonne": each.price_pence_per_tonne,
        "kg_co2e_per_kwh": None if factor is None else f"{factor:f}",
    }


def _policy(row: PricePolicyRow) -> PricePolicy:
    return PricePolicy(
        policy_id=row.policy_id,
        version=row.version,
        organisation=row.organisation,
        name=row.name,
        basis=Basis(row.basis),
        scope=Scope(row.scope),
        price_pence_per_tonne=row.price_pence_per_tonne,
        years=row.years,
        series=_series(json.loads(row.series)),
        dwelling_sums=DwellingSums(
            house_pence=row.house_pence, flat_pence=row.flat_pence, dwelling_pence=row.dwelling_pence
        ),
        management_fee_percent=row.management_fee_percent,
        minimum_factors=tuple(row.minimum_factors),
        rounding=Rounding(row.rounding),
        valid_from=row.valid_from,
        source=row.source,
        source_url=row.source_url,
    )


def _series(years: Sequence[Mapping[str, Any]]) -> tuple[YearOfSeries, ...]:
    return tuple(
        YearOfSeries(
            year=each["year"],
            price_pence_per_tonne=each["price_pence_per_tonne"],
            kg_co2e_per_kwh=None if each["kg_co2e_per_kwh"] is None else Decimal(each["kg_co2e_per_kwh"]),
        )
        for each in years
    )


def _statement_row(statement: EnergyStatement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "agreement_id": statement.agreement_id,
        "stage": statement.stage,
        "reference": statement.reference,
        "approved_on": statement.approved_on,
        "houses": statement.dwellings.houses,
        "flats": statement.dwellings.flats,
        "dwellings": statement.dwellings.dwellings,
        "baseline_t_co2e": statement.baseline_t_co2e,
        **{name: getattr(statement.residual, name) for name in RESIDUAL},
        "electricity_kwh": statement.electricity_kwh,
        "first_year": statement.first_year,
    }


def _statement(row: EnergyStatementRow) -> EnergyStatement:
    return EnergyStatement(
        id=row.id,
        agreement_id=row.agreement_id,
        stage=Stage(row.stage),
        reference=row.reference,
        approved_on=row.approved_on,
        residual=Residual(**{name: getattr(row, name) for name in RESIDUAL}),
        dwellings=Dwellings(houses=row.houses, flats=row.flats, dwellings=row.dwellings),
        baseline_t_co2e=row.baseline_t_co2e,
        electricity_kwh=row.electricity_kwh,
        first_year=row.first_year,
    )
