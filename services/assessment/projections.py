"""What this service keeps of other services' facts, only to show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What contributions answered to an award (pence): all of it reserved, or what is short."""

    application_id: UUID
    sequence: int
    reserved_pence: int
    shortfall_pence: int


KEEP = text(
    """
    INSERT INTO funding (application_id, sequence, reserved_pence, shortfall_pence)
    SELECT DISTINCT ON (application_id) * FROM unnest(
        CAST(:application_ids AS uuid[]), CAST(:sequences AS bigint[]),
        CAST(:reserved AS bigint[]), CAST(:shortfalls AS bigint[])
    ) AS a(application_id, sequence, reserved_pence, shortfall_pence)
    ORDER BY application_id, sequence DESC
    ON CONFLICT (application_id) DO UPDATE
    SET sequence = excluded.sequence, reserved_pence = excluded.reserved_pence,
        shortfall_pence = excluded.shortfall_pence
    WHERE funding.sequence < excluded.sequence
    """
)


async def keep_answers(session: AsyncSession, answers: Sequence[Answer]) -> None:
    """Keep the newest answer for each application, in whatever order they come."""
    columns = {
        "application_ids": [answer.application_id for answer in answers],
        "sequences": [answer.sequence for answer in answers],
        "reserved": [answer.reserved_pence for answer in answers],
        "shortfalls": [answer.shortfall_pence for answer in answers],
    }
    await session.execute(KEEP, columns)
