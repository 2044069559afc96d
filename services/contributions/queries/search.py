"""Finding agreements: by any word that stands in them, by where they are, by what came of them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.register.agreement import AgreementKind
from services.contributions.queries.agreements import AGREEMENT, STATE, AgreementPage, agreements_of

LARGEST_PAGE = 500
MOST_WORDS = 20

AgreementState: TypeAlias = Literal["recorded", "secured", "part_received", "received_in_full", "varied"]

WORDS = """
    named AS (SELECT code, string_agg(DISTINCT name, ' ') AS names FROM ward GROUP BY code),
    clause AS (
        SELECT o.agreement_id, string_agg(concat_ws(' ', o.reference, o.trigger,
            CASE WHEN o.wards <> '{}' THEN (
                SELECT string_agg(concat_ws(' ', code, names), ' ')
                FROM unnest(o.wards) AS its(code) LEFT JOIN named USING (code)) END), ' ') AS words
        FROM obligation o GROUP BY o.agreement_id),
"""
SAID = """
    LEFT JOIN named n ON n.code = a.ward LEFT JOIN clause c ON c.agreement_id = a.id
    CROSS JOIN LATERAL (SELECT concat_ws(' ', a.reference, a.name, a.planning_application, a.site_address,
        a.developer, a.ward, n.names, c.words) AS words) said
"""
CONDITIONS: Mapping[str, str] = {
    "search": """
        NOT EXISTS (SELECT FROM unnest(CAST(:search AS text[])) AS sought(pattern)
                    WHERE said.words NOT ILIKE sought.pattern)
    """,
    "organisation": "a.organisation = :organisation",
    "ward": """
        (a.ward = :ward OR EXISTS (
            SELECT FROM obligation o WHERE o.agreement_id = a.id AND :ward = ANY (o.wards)))
    """,
    "purpose": "EXISTS (SELECT FROM obligation o WHERE o.agreement_id = a.id AND o.purpose = :purpose)",
    "kind": "a.kind = :kind",
    "deed_from": "a.deed_on >= :deed_from",
    "deed_to": "a.deed_on <= :deed_to",
    "spend_by_before": """
        EXISTS (SELECT FROM obligation o JOIN pot p ON p.obligation_id = o.id
                WHERE o.agreement_id = a.id AND p.spend_by_on < :spend_by_before
                  AND p.paid_pence + p.returned_pence < p.received_pence + p.interest_pence)
    """,
    "state": "CASE :state WHEN 'varied' THEN a.deed_version > 1 ELSE its.state = :state END",
    "cursor": "(a.reference, a.id) > (SELECT reference, id FROM agreement WHERE id = :cursor)",
}


class Wanted(BaseModel):
    """What agreements are asked for: all of what is given must hold. Dates include their own day.

    `spend_by_before` finds those with money not yet paid out or returned whose spend-by date is earlier;
    `deed_from` and `deed_to` are of the first deed.
    """

    search: str = ""
    organisation: str | None = None
    ward: str | None = None
    purpose: str | None = None
    kind: AgreementKind | None = None
    state: AgreementState | None = None
    spend_by_before: date | None = None
    deed_from: date | None = None
    deed_to: date | None = None
    cursor: UUID | None = None
    size: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = 50


async def list_agreements(session: AsyncSession, wanted: Wanted) -> AgreementPage:
    """The agreements that have all that is asked for, in the order of their references, a page at a time."""
    asked = {name: value for name, value in _asked(wanted).items() if value is not None}
    conditions = [CONDITIONS[name] for name in asked] or ["true"]
    words, said = (WORDS, SAID) if "search" in asked else ("", "")
    state = STATE if "state" in asked else ""
    statement = f"""
        WITH {words} chosen AS MATERIALIZED (
            SELECT a.* FROM agreement a {said} {state}
            WHERE {" AND ".join(conditions)} ORDER BY a.reference, a.id LIMIT :limit)
        {AGREEMENT} ORDER BY a.reference, a.id
    """  # noqa: S608 - only the words above; what is asked for is bound
    rows = (await session.execute(text(statement), {**asked, "limit": wanted.size + 1})).all()
    return AgreementPage(
        agreements=await agreements_of(session, rows[: wanted.size]),
        next_cursor=rows[wanted.size - 1].id if len(rows) > wanted.size else None,
    )


def _asked(wanted: Wanted) -> dict[str, Any]:
    asked = wanted.model_dump(exclude={"size", "search"})
    words = wanted.search.replace("\x00", "").split()[:MOST_WORDS]
    return {"search": [_pattern(word) for word in words] or None, **asked}


def _pattern(word: str) -> str:
    for special in ("\\", "%", "_"):
        word = word.replace(special, f"\\{special}")
    return f"%{word}%"
