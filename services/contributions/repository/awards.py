"""Awards that were answered: the money held for them, or why there was none."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text

from services.contributions.domain.grants.answers import Answer, AskedAward
from services.contributions.domain.grants.grant_funding import GrantFunding
from services.contributions.domain.grants.redrawing import Redrawing
from services.contributions.domain.grants.reservation import Reservation
from services.contributions.domain.pots.drawing import Award
from services.contributions.repository.rows import add_rows, columns_of, insert_of
from services.contributions.tables import AwardRedrawRow, AwardRow, AwardShareRow, GrantFundingRow
from shared.errors import Conflict
from shared.messaging import UnitOfWork

SEEN = text(
    """
    SELECT 'award' AS kind, id FROM award WHERE id = ANY(CAST(:awards AS uuid[]))
    UNION ALL
    SELECT 'funding', application_id FROM grant_funding
    WHERE application_id = ANY(CAST(:applications AS uuid[]))
    """
)
ASKED = text(
    "SELECT a.*, g.organisation FROM award a JOIN grant_funding g USING (application_id) WHERE a.id = :id"
)
FORGET_SHARES = text("DELETE FROM award_share WHERE award_id = :id")
ADD = text(
    f"""
    WITH funded AS (
        {insert_of(GrantFundingRow)}
        ON CONFLICT (application_id) DO UPDATE SET award_id = excluded.award_id, version = excluded.version
    ), answered AS (
        {insert_of(AwardRow)}
    )
    {insert_of(AwardShareRow)}
    """
)


class Awards:
    """The answers to awards in one transaction that has locked their organisations' books."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._session = uow.session

    async def seen(self, asked: Sequence[AskedAward]) -> tuple[set[UUID], set[UUID]]:
        """The awards among these that were answered before, and the applications that had an answer."""
        ids = {
            "awards": [each.award_id for each in asked],
            "applications": [each.award.application_id for each in asked],
        }
        rows = (await self._session.execute(SEEN, ids)).all()
        answered = {row.id for row in rows if row.kind == "award"}
        return answered, {row.id for row in rows if row.kind == "funding"}

    async def add(self, answers: Sequence[Answer]) -> None:
        """Keep the answers with the shares that are held, and of each funding how it stands after them."""
        if not answers:
            return
        fundings = {each.funding.application_id: funding_row(each.funding) for each in answers}
        columns = {
            **columns_of(GrantFundingRow, list(fundings.values())),
            **columns_of(AwardRow, [_award(each) for each in answers]),
            **columns_of(AwardShareRow, [share for each in answers for share in _shares(each)]),
        }
        await self._session.execute(ADD, columns)

    async def asked(self, award_id: UUID) -> Award:
        """What an award may draw on; Conflict for one that was answered before this was kept."""
        row = (await self._session.execute(ASKED, {"id": award_id})).one()
        if row.ward is None:
            message = "It is not recorded what this award may draw on, so its pots stay as they are."
            raise Conflict("redrawing.not_recorded", message)
        return Award(
            application_id=row.application_id,
            amount_pence=row.requested_pence,
            organisation=row.organisation,
            ward=row.ward,
            purposes=frozenset(row.purposes.split()),
            decided_on=row.decided_on,
            recipient=row.recipient,
        )

    async def replace_shares(self, held: Reservation, redrawing: Redrawing, *, sequence: int) -> None:
        """Let other pots bear an award, and keep why and by whom."""
        await self._session.execute(FORGET_SHARES, {"id": held.id})
        shares = [
            {
                "award_id": held.id,
                "pot_id": share.pot_id,
                "number": number,
                "amount_pence": share.amount_pence,
                "released_pence": 0,
                "without_spend_by": share.without_spend_by,
            }
            for number, share in enumerate(held.shares, start=1)
        ]
        await add_rows(self._session, AwardShareRow, shares)
        why = {
            "award_id": held.id,
            "sequence": sequence,
            "reason": redrawing.reason,
            "redrawn_on": redrawing.redrawn_on,
            "redrawn_by": redrawing.redrawn_by,
        }
        await add_rows(self._session, AwardRedrawRow, [why])


def funding_row(funding: GrantFunding) -> dict[str, Any]:
    """The head of a funding: its version, its award in force and what is known of the grant."""
    return {
        "application_id": funding.application_id,
        "organisation": funding.organisation,
        "award_id": funding.reservation.id if funding.reservation else None,
        "reference": funding.reference,
        "grantee": funding.grantee,
        "accepted_on": funding.accepted_on,
        "version": funding.version,
    }


def _award(answer: Answer) -> dict[str, Any]:
    asked, missing = answer.asked, answer.shortfall
    return {
        "id": asked.award_id,
        "application_id": asked.award.application_id,
        "state": "refused" if missing else answer.funding.held.state,
        "requested_pence": asked.award.amount_pence,
        "lawfully_available_pence": missing.lawfully_available_pence if missing else None,
        "decided_on": asked.award.decided_on,
        "ward": asked.award.ward,
        "purposes": " ".join(sorted(asked.award.purposes)),
        "recipient": asked.award.recipient,
    }


def _shares(answer: Answer) -> Iterator[dict[str, Any]]:
    for number, share in enumerate(answer.shares, start=1):
        yield {
            "award_id": answer.asked.award_id,
            "pot_id": share.pot_id,
            "number": number,
            "amount_pence": share.amount_pence,
            "released_pence": 0,
            "without_spend_by": share.without_spend_by,
        }
