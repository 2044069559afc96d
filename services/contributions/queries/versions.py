"""An agreement as one of its deeds had it: the version, with its obligations as they were in it."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.errors import NotFound

T = TypeVar("T")

VERSION = text(
    """
    SELECT version.*, v.deed_on AS varied_on, v.document_url AS variation_url, v.summary,
           w.name AS ward_name, e.name AS ward_edition
    FROM (
        SELECT terms, ended_on, deed_version, until_sequence FROM earlier_agreement
        WHERE agreement_id = :id AND ended_on IS NOT NULL
        UNION ALL
        SELECT to_jsonb(a), NULL, deed_version, NULL FROM agreement a WHERE id = :id) version
    LEFT JOIN variation v ON v.agreement_id = :id AND v.deed_version = version.deed_version
    LEFT JOIN ward_edition e ON e.id = CAST(version.terms ->> 'ward_edition_id' AS uuid)
    LEFT JOIN ward w ON w.edition_id = e.id AND w.code = version.terms ->> 'ward'
    WHERE version.deed_version = :deed_version
    """
)
OBLIGATIONS = text(
    """
    SELECT coalesce(earlier.terms, to_jsonb(o)) AS terms
    FROM obligation o
    LEFT JOIN LATERAL (
        SELECT terms FROM earlier_obligation
        WHERE obligation_id = o.id AND until_sequence > :until
        ORDER BY until_sequence LIMIT 1) earlier ON true
    WHERE o.agreement_id = :id AND NOT EXISTS (
        SELECT FROM event_log
        WHERE topic = 'contributions.agreement' AND key = CAST(:id AS text) AND sequence > :until
          AND type = 'obligation.recorded.v1'
          AND CAST(payload AS jsonb) ->> 'obligation_id' = CAST(o.id AS text))
    ORDER BY terms ->> 'reference'
    """
)
FOR_EVER = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationTerms:
    """An obligation's terms as they were in a version."""

    id: UUID
    reference: str
    purpose: str | None
    allowed_purposes: list[str]
    amount_pence: int | None
    spend_by_months: int | None
    wards: list[str]
    trigger: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementTerms:
    """An agreement's own fields as they were in a version."""

    organisation: str
    reference: str
    name: str
    planning_application: str
    kind: str | None
    deed_on: date | None
    document_url: str | None
    site_address: str | None = None
    ward: str | None = None
    developer: str | None = None
    developer_is_organisation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementVersion:
    """A version of an agreement, in force from `began_on` to `ended_on`, its last day (None: still).

    `variation_url` and `summary` are of the deed that made it; version 1 has the first deed alone.
    """

    agreement_id: UUID
    deed_version: int
    began_on: date | None
    ended_on: date | None
    variation_url: str | None
    summary: str | None
    ward_name: str | None
    ward_edition: str | None
    terms: AgreementTerms
    obligations: list[ObligationTerms]


async def show_version(session: AsyncSession, agreement_id: UUID, deed_version: int) -> AgreementVersion:
    """The version of that number, or NotFound."""
    sought = {"id": agreement_id, "deed_version": min(max(deed_version, 0), 2**31 - 1)}
    row = (await session.execute(VERSION, sought)).one_or_none()
    if row is None:
        message = "This agreement has no such version. Choose one from its page."
        raise NotFound("agreement_version.not_found", message)
    until = FOR_EVER if row.until_sequence is None else row.until_sequence
    obligations = await session.execute(OBLIGATIONS, {"id": agreement_id, "until": until})
    terms = _made(AgreementTerms, row.terms)
    return AgreementVersion(
        agreement_id=agreement_id,
        deed_version=row.deed_version,
        began_on=row.varied_on or terms.deed_on,
        ended_on=row.ended_on,
        variation_url=row.variation_url,
        summary=row.summary,
        ward_name=row.ward_name,
        ward_edition=row.ward_edition,
        terms=terms,
        obligations=[_made(ObligationTerms, each) for each in obligations.scalars()],
    )


def _made(kind: type[T], kept: dict[str, Any]) -> T:
    """A row kept as JSON as the model reads it; columns that came later are as in a row without them."""
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type] # mypy cannot bind T to dataclasses
    return TypeAdapter(kind).validate_python({name: kept[name] for name in names & kept.keys()})
