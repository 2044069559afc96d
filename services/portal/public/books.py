"""What the read model believes of every pot and grant, so that it can be held against the owners' books."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from services.portal.public import reading
from services.portal.public.lines import grant_lines, pot_lines
from services.portal.public.models import Claim, Grant, Payment, Pot, Saving, Share, made
from services.portal.public.reading import as_grant
from services.portal.public.rows import rows

ALL_POTS = pot_lines("ARRAY(SELECT pot_id FROM pot)")
ALL_GRANTS = grant_lines("ARRAY(SELECT application_id FROM application)")


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantBooks:
    """One grant with its shares, claims, payments and savings."""

    grant: Grant
    shares: list[Share]
    claims: list[Claim]
    payments: list[Payment]
    savings: list[Saving]


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Everything that the portal believes of the public money."""

    pots: list[Pot]
    grants: list[GrantBooks]


async def read_books(session: AsyncSession) -> Books:
    """Every pot and every grant."""
    pots = [made(Pot, row) for row in await rows(session, ALL_POTS)]
    grants = [as_grant(row) for row in await rows(session, ALL_GRANTS)]
    ids = [grant.application_id for grant in grants]
    shares, claims = await reading.shares(session, ids), await reading.claims(session, ids)
    payments, savings = await reading.payments(session, ids), await reading.savings(session, ids)
    return Books(
        pots=pots,
        grants=[
            GrantBooks(
                grant=grant,
                shares=shares.get(grant.application_id, []),
                claims=claims.get(grant.application_id, []),
                payments=payments.get(grant.application_id, []),
                savings=savings.get(grant.application_id, []),
            )
            for grant in grants
        ],
    )
