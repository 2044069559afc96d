"""Routes that only look: a read-only transaction and the person who looks."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import transaction
from shared.messaging.unit_of_work import LOCAL_ZONE
from shared.web.roles import Caller, Role
from shared.web.rules import Rule


@dataclass(frozen=True, slots=True)
class View:
    """What a query works with: a read-only session, and the caller (None on public routes)."""

    session: AsyncSession
    person: Caller | None

    @property
    def caller(self) -> Caller:
        """The signed-in person; only routes that demand a role may ask."""
        assert self.person is not None
        return self.person

    @property
    def today(self) -> date:
        """The day in Europe/London."""
        return datetime.now(LOCAL_ZONE).date()


@dataclass(frozen=True, slots=True)
class Reads(Rule):
    """The rule of a route that reads."""

    async def __call__(self, request: Request) -> AsyncIterator[View]:
        """Open a read-only transaction for the caller, after the rule has let them in."""
        caller = self.permit(request)
        service = request.app.state.service
        async with transaction(
            service.sessions, timeout_seconds=service.settings.statement_timeout_seconds, read_only=True
        ) as session:
            yield View(session, caller)


def reads(*roles: Role) -> Any:
    """What a route that reads depends on, for people with one of the roles; none: for everybody.

    Written as `view: Annotated[View, reads(Role.OFFICER)]`.
    """
    return Depends(Reads(frozenset(roles)))
