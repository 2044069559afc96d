"""Where the fund's money is and what became of it: in all, by financial year, ward and purpose."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.months import add_months

AT_RISK_MONTHS = 18
ANYWHERE, SEVERAL_WARDS, NOT_KNOWN = "anywhere", "several_wards", "unknown"
NAMES = f"""
    CASE cardinality({{its}}.wards) WHEN 0 THEN '{ANYWHERE}' WHEN 1 THEN {{its}}.wards[1]
        ELSE '{SEVERAL_WARDS}' END AS ward,
    coalesce({{its}}.purpose, '{NOT_KNOWN}') AS purpose
"""
STANDING = text(
    f"""
    WITH fact AS (
        SELECT {NAMES.format(its="o")}, o.amount_pence AS secured, 0 AS received, 0 AS interest,
               0 AS available, 0 AS reserved, 0 AS committed, 0 AS paid, 0 AS going_back, 0 AS returned,
               0 AS at_risk
        FROM obligation o JOIN agreement a ON a.id = o.agreement_id
        WHERE o.trigger_met_on IS NOT NULL AND o.amount_pence IS NOT NULL
          AND (CAST(:organisation AS text) IS NULL
               OR coalesce(o.organisation, a.organisation) = :organisation)
        UNION ALL
        SELECT {NAMES.format(its="p")}, 0, received_pence, interest_pence, available_pence, reserved_pence,
               committed_pence + payment_requested_pence + payment_approved_pence, paid_pence,
               refund_requested_pence + refund_approved_pence, returned_pence,
               CASE WHEN spend_by_on <= :at_risk_until
                   THEN received_pence + interest_pence - paid_pence - returned_pence ELSE 0 END
        FROM pot p WHERE CAST(:organisation AS text) IS NULL OR organisation = :organisation
    )
    SELECT ward, purpose, GROUPING(ward) AS over_wards, GROUPING(purpose) AS over_purposes,
           coalesce(sum(secured), 0) AS secured_pence, coalesce(sum(received), 0) AS received_pence,
           coalesce(sum(interest), 0) AS interest_pence, coalesce(sum(available), 0) AS available_pence,
           coalesce(sum(reserved), 0) AS reserved_pence, coalesce(sum(committed), 0) AS committed_pence,
           coalesce(sum(paid), 0) AS paid_pence, coalesce(sum(going_back), 0) AS returning_pence,
           coalesce(sum(returned), 0) AS returned_pence, coalesce(sum(at_risk), 0) AS at_risk_pence
    FROM fact GROUP BY GROUPING SETS ((), (ward), (purpose)) ORDER BY received_pence DESC, ward, purpose
    """  # noqa: S608 - only the names above
)
YEARS = text(
    """
    WITH fact AS (
        SELECT o.trigger_met_on AS day, 'secured' AS measure, o.amount_pence AS pence
        FROM obligation o JOIN agreement a ON a.id = o.agreement_id
        WHERE o.trigger_met_on IS NOT NULL AND o.amount_pence IS NOT NULL
          AND (CAST(:organisation AS text) IS NULL
               OR coalesce(o.organisation, a.organisation) = :organisation)
        UNION ALL
        SELECT e.happened_on, CASE
                   WHEN account IN ('received', 'opening_balance') THEN 'received'
                   WHEN account IN ('paid', 'returned') THEN account
                   WHEN kind LIKE 'release%' THEN 'released'
                   ELSE kind END,
               CASE WHEN account IN ('received', 'opening_balance') THEN -amount_pence ELSE amount_pence END
        FROM ledger_entry e JOIN pot p ON p.id = e.pot_id
        WHERE (account IN ('received', 'opening_balance', 'paid', 'returned')
               OR (kind = 'reservation' AND account = 'reserved')
               OR (kind = 'commitment' AND account = 'committed')
               OR (kind LIKE 'release%' AND account = 'available'))
          AND (CAST(:organisation AS text) IS NULL OR p.organisation = :organisation)
    )
    SELECT CAST(extract(year FROM day - interval '3 months') AS integer) AS begins_in,
           coalesce(sum(pence) FILTER (WHERE measure = 'secured'), 0) AS secured_pence,
           coalesce(sum(pence) FILTER (WHERE measure = 'received'), 0) AS received_pence,
           coalesce(sum(pence) FILTER (WHERE measure = 'reservation'), 0) AS reserved_pence,
           coalesce(sum(pence) FILTER (WHERE measure = 'commitment'), 0) AS committed_pence,
           coalesce(sum(pence) FILTER (WHERE measure = 'released'), 0) AS released_pence,
           coalesce(sum(pence) FILTER (WHERE measure = 'paid'), 0) AS paid_pence,
           coalesce(sum(pence) FILTER (WHERE measure = 'returned'), 0) AS returned_pence
    FROM fact GROUP BY 1 ORDER BY 1 NULLS FIRST
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where money stands now, in pence.

    Secured is what met triggers make due. Received and interest equal the sum of available, reserved,
    committed, paid, returning (on its way back to a developer) and returned. At risk is what is neither paid
    nor returned of pots whose spend-by date has passed or comes within 18 months.
    """

    secured_pence: int
    received_pence: int
    interest_pence: int
    available_pence: int
    reserved_pence: int
    committed_pence: int
    paid_pence: int
    returning_pence: int
    returned_pence: int
    at_risk_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupStanding(Standing):
    """The same for a ward or a purpose, or for `anywhere`, `several_wards` or an `unknown` purpose."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOfMoney:
    """What happened in a financial year (1 April to 31 March), in pence; reservations before their releases.

    `begins_in` is the calendar year that it begins in, None for balances that were taken over without a date.
    """

    begins_in: int | None
    secured_pence: int
    received_pence: int
    reserved_pence: int
    committed_pence: int
    released_pence: int
    paid_pence: int
    returned_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """The fund in all, and divided three ways: each division adds up to the whole."""

    at_risk_until: date
    total: Standing
    years: list[YearOfMoney]
    wards: list[GroupStanding]
    purposes: list[GroupStanding]


async def show_dashboard(session: AsyncSession, organisation: str | None, *, today: date) -> Dashboard:
    """The money of all organisations, or of one, by two statements over the whole of it."""
    until = add_months(today, AT_RISK_MONTHS)
    wanted = {"organisation": organisation, "at_risk_until": until}
    standing = (await session.execute(STANDING, wanted)).mappings().all()
    years = (await session.execute(YEARS, {"organisation": organisation})).mappings().all()
    return Dashboard(
        at_risk_until=until,
        total=next(Standing(**_pence(row)) for row in standing if row["over_wards"] and row["over_purposes"]),
        years=[YearOfMoney(begins_in=row["begins_in"], **_pence(row)) for row in years],
        wards=[GroupStanding(name=row["ward"], **_pence(row)) for row in standing if not row["over_wards"]],
        purposes=[
            GroupStanding(name=row["purpose"], **_pence(row)) for row in standing if not row["over_purposes"]
        ],
    )


def _pence(row: Any) -> dict[str, int]:
    return {name: int(value) for name, value in row.items() if name.endswith("_pence")}
