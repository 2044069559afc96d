"""Price policies, energy statements and calculations as officers look at them."""

import json
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.pricing.asked import SumAsked
from services.contributions.domain.pricing.clause import split
from services.contributions.repository.pricing import Pricing, steps_as_kept
from shared.errors import NotFound

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

V = TypeVar("V", bound="DataclassInstance")

PAGE = 50

POLICIES = text(
    """
    WITH listed AS (
        SELECT policy_id, name FROM price_policy p
        WHERE version = 1 AND (CAST(:organisation AS text) IS NULL OR organisation = :organisation)
          AND (CAST(:policy_id AS uuid) IS NULL OR policy_id = :policy_id)
          AND (CAST(:after AS uuid) IS NULL OR (name, policy_id) > (
               SELECT name, policy_id FROM price_policy WHERE policy_id = :after AND version = 1))
        ORDER BY name, policy_id LIMIT :limit)
    SELECT p.* FROM price_policy p JOIN listed USING (policy_id) ORDER BY p.name, p.policy_id, p.version DESC
    """
)
STATEMENTS = text(
    "SELECT s.*, id AS statement_id FROM energy_statement s WHERE agreement_id = :id ORDER BY approved_on, id"
)
CALCULATIONS = text(
    """
    SELECT c.*, c.id AS calculation_id, p.name AS policy_name, p.valid_from AS policy_valid_from,
           p.source AS policy_source, p.source_url AS policy_source_url, s.reference AS statement_reference,
           s.stage AS statement_stage, s.approved_on AS statement_approved_on,
           (SELECT id FROM calculation WHERE replaces_id = c.id) AS replaced_by_id,
           ARRAY(SELECT id FROM obligation o WHERE o.calculation_id = c.id ORDER BY o.reference)
               AS obligation_ids
    FROM calculation c
    LEFT JOIN price_policy p ON p.policy_id = c.policy_id AND p.version = c.policy_version
    LEFT JOIN energy_statement s ON s.id = c.statement_id
    WHERE c.agreement_id = :agreement_id
    ORDER BY c.recorded_at, c.id
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """One year of a declining series: a price in pence, a grid factor (kgCO2e per kWh), or both."""

    year: int
    price_pence_per_tonne: int | None
    kg_co2e_per_kwh: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyVersion:
    """One version of a price policy, in force from a day until (not including) the next version's."""

    version: int
    basis: str
    scope: str
    price_pence_per_tonne: int | None
    years: int | None
    series: list[YearView]
    house_pence: int | None
    flat_pence: int | None
    dwelling_pence: int | None
    management_fee_percent: Decimal
    minimum_factors: list[Decimal]
    rounding: str
    valid_from: date
    valid_until: date | None
    source: str
    source_url: str | None
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyView:
    """A price policy with its versions, the newest first; the sequence is the newest's."""

    policy_id: UUID
    organisation: str
    name: str
    sequence: int
    versions: list[PolicyVersion]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPage:
    """Some policies in the order of their names, and the cursor for the next page, if any."""

    policies: list[PolicyView]
    next_cursor: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """An approved energy statement: tonnes of CO2e a year that are left, by use."""

    statement_id: UUID
    stage: str
    reference: str
    approved_on: date
    houses: int
    flats: int
    dwellings: int
    baseline_t_co2e: Decimal | None
    domestic_regulated_t_co2e: Decimal
    domestic_unregulated_t_co2e: Decimal
    non_domestic_regulated_t_co2e: Decimal
    non_domestic_unregulated_t_co2e: Decimal
    electricity_kwh: Decimal | None
    first_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityView:
    """A named number with its unit; sums are in pounds."""

    name: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One step: the rule in words, its operands, the same in figures, the result; a check changes no sum."""

    label: str
    formula: str
    operands: list[QuantityView]
    working: str
    result: QuantityView
    result_in_words: str
    check: bool
    met: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Workings:
    """A sum as it would be worked out, in pence, and what each tranche and the fee would be; not recorded."""

    steps: list[StepView]
    rounding: str
    amount_pence: int
    due_pence: int
    fee_pence: int
    shares_pence: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculationView:
    """How a sum was worked out, in pence, and from what; policy and statement where it rests on them."""

    calculation_id: UUID
    policy_id: UUID | None
    policy_version: int | None
    policy_name: str | None
    policy_valid_from: date | None
    policy_source: str | None
    policy_source_url: str | None
    statement_id: UUID | None
    statement_reference: str | None
    statement_stage: str | None
    statement_approved_on: date | None
    replaces_id: UUID | None
    replaced_by_id: UUID | None
    rounding: str
    amount_pence: int
    due_pence: int
    fee_pence: int
    obligation_ids: list[UUID]
    recorded_by: str
    recorded_at: datetime
    steps: list[StepView]


async def list_policies(session: AsyncSession, organisation: str | None, after: UUID | None) -> PolicyPage:
    """Fifty policies with all their versions."""
    wanted = organisation.replace("\x00", "") if organisation else None
    found = await _policies(session, organisation=wanted, after=after, limit=PAGE + 1)
    return PolicyPage(
        policies=found[:PAGE], next_cursor=found[PAGE - 1].policy_id if len(found) > PAGE else None
    )


async def show_policy(session: AsyncSession, policy_id: UUID) -> PolicyView:
    """One policy with its versions, or NotFound."""
    found = await _policies(session, policy_id=policy_id)
    if not found:
        raise NotFound("policy.not_found", "There is no such price policy. Choose one from the list.")
    return found[0]


async def list_statements(session: AsyncSession, agreement_id: UUID) -> list[StatementView]:
    """The energy statements of an agreement, in the order of their approval."""
    rows = await session.execute(STATEMENTS, {"id": agreement_id})
    return [_view(StatementView, row) for row in rows.mappings()]


async def list_calculations(session: AsyncSession, agreement_id: UUID) -> list[CalculationView]:
    """How the sums of an agreement were worked out, the oldest first."""
    rows = await session.execute(CALCULATIONS, {"agreement_id": agreement_id})
    return [_view(CalculationView, row, steps=_steps(json.loads(row["steps"]))) for row in rows.mappings()]


async def work_out(
    session: AsyncSession, asked: SumAsked, agreement_id: UUID, percents: list[Decimal]
) -> Workings:
    """The sum as it would be recorded, with its tranches."""
    worked = await Pricing(session).worked(asked, agreement_id)
    return Workings(
        steps=_steps(steps_as_kept(worked)),
        rounding=worked.rounding.in_words,
        amount_pence=worked.amount_pence,
        due_pence=worked.due_pence,
        fee_pence=worked.fee_pence,
        shares_pence=split(worked.due_pence, percents) if worked.due_pence else [],
    )


async def _policies(session: AsyncSession, **wanted: Any) -> list[PolicyView]:
    asked = {"organisation": None, "policy_id": None, "after": None, "limit": 1, **wanted}
    grouped: dict[UUID, list[Any]] = {}
    for row in (await session.execute(POLICIES, asked)).mappings():
        grouped.setdefault(row["policy_id"], []).append(row)
    return [_policy(rows) for rows in grouped.values()]


def _policy(rows: list[Any]) -> PolicyView:
    """The rows of one policy, the newest first: each version ends where the one above it begins."""
    ends = [None, *(newer["valid_from"] for newer, _ in pairwise(rows))]
    return PolicyView(
        policy_id=rows[0]["policy_id"],
        organisation=rows[0]["organisation"],
        name=rows[0]["name"],
        sequence=rows[0]["version"],
        versions=[
            _view(PolicyVersion, row, series=_series(row["series"]), valid_until=until)
            for row, until in zip(rows, ends, strict=True)
        ],
    )


def _series(kept: str) -> list[YearView]:
    return [
        YearView(
            year=each["year"],
            price_pence_per_tonne=each["price_pence_per_tonne"],
            kg_co2e_per_kwh=None if each["kg_co2e_per_kwh"] is None else Decimal(each["kg_co2e_per_kwh"]),
        )
        for each in json.loads(kept)
    ]


def _steps(kept: list[dict[str, Any]]) -> list[StepView]:
    return [
        StepView(
            **{
                **each,
                "operands": [_quantity(one) for one in each["operands"]],
                "result": _quantity(each["result"]),
            }
        )
        for each in kept
    ]


def _quantity(kept: dict[str, str]) -> QuantityView:
    return QuantityView(name=kept["name"], value=Decimal(kept["value"]), unit=kept["unit"])


def _view(kind: type[V], row: RowMapping, **more: Any) -> V:
    """A view from the columns of its fields' names."""
    names = [each.name for each in fields(kind) if each.name not in more]
    return kind(**{name: row[name] for name in names}, **more)
