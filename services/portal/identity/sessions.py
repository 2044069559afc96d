"""Sessions in PostgreSQL: the browser holds a random token, the table only its hash."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from services.portal.identity.people import Person
from shared.database import Sessions as Database
from shared.database import transaction

TIMEOUT_SECONDS = 5
START = text(
    """
    INSERT INTO sign_in_session (token_hash, person_id, expires_at)
    VALUES (:hash, :person_id, now() + :lifetime)
    """
)
TIDY = text("DELETE FROM sign_in_session WHERE expires_at < now() - interval '30 days'")
FIND = text(
    """
    SELECT person_id, last_seen_at < now() - interval '1 minute' AS seen_a_while_ago FROM sign_in_session
    WHERE token_hash = :hash AND revoked_at IS NULL AND now() < expires_at AND now() < last_seen_at + :idle
    """
)
SEEN = text("UPDATE sign_in_session SET last_seen_at = now() WHERE token_hash = :hash")
REVOKE = text("UPDATE sign_in_session SET revoked_at = now() WHERE token_hash = :hash AND revoked_at IS NULL")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionStore:
    """Starts, finds and ends sessions of the people who are known."""

    database: Database
    people: Mapping[UUID, Person]
    idle: timedelta
    lifetime: timedelta

    async def start(self, person: Person) -> str:
        """Sign a person in; the answer is the token for their cookie, kept nowhere else."""
        token = secrets.token_urlsafe(32)
        row = {"hash": session_id(token), "person_id": person.id, "lifetime": self.lifetime}
        async with transaction(self.database, timeout_seconds=TIMEOUT_SECONDS) as session:
            await session.execute(START, row)
            await session.execute(TIDY)
        return token

    async def find(self, token: str) -> Person | None:
        """Whose session the token is of; None where it is unknown, revoked, idle or too old."""
        place = {"hash": session_id(token)}
        async with transaction(self.database, timeout_seconds=TIMEOUT_SECONDS) as session:
            row = (await session.execute(FIND, {**place, "idle": self.idle})).one_or_none()
            if row is None:
                return None
            if row.seen_a_while_ago:
                await session.execute(SEEN, place)
        return self.people.get(row.person_id)

    async def end(self, token: str) -> None:
        """Sign out: the token is worth nothing from now on."""
        async with transaction(self.database, timeout_seconds=TIMEOUT_SECONDS) as session:
            await session.execute(REVOKE, {"hash": session_id(token)})


def session_id(token: str) -> str:
    """What names a session without opening it: the SHA-256 of its token, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
