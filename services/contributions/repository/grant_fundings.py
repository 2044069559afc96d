"""The funding of grants: awards with their shares, claims and payments."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, text

from services.contributions.domain.grants.claim import Claim
from services.contributions.domain.grants.grant_funding import GrantFunding
from services.contributions.domain.grants.payment import Payment
from services.contributions.domain.grants.reservation import Reservation
from services.contributions.repository.awards import funding_row
from services.contributions.repository.grant_rows import progress, to_funding
from services.contributions.repository.rows import add_row, add_rows
from services.contributions.tables import ClaimRow, PaymentRow, PaymentShareRow
from shared.errors import Conflict, NotFound
from shared.messaging import UnitOfWork

LOCK = text(
    """
    SELECT application_id, pg_advisory_xact_lock(1061, hashtext(organisation)) FROM grant_funding
    WHERE application_id = :id
    """
)
LOCK_OF_PAYMENT = text(
    """
    SELECT g.application_id, pg_advisory_xact_lock(1061, hashtext(g.organisation))
    FROM payment p JOIN grant_funding g USING (application_id) WHERE p.id = :id
    """
)
FUNDINGS = text(
    """
    SELECT g.*, a.state, a.decided_on FROM grant_funding g LEFT JOIN award a ON a.id = g.award_id
    WHERE g.application_id = ANY(CAST(:ids AS uuid[])) ORDER BY g.application_id FOR UPDATE OF g
    """
)
SHARES = text("SELECT * FROM award_share WHERE award_id = ANY(CAST(:ids AS uuid[])) ORDER BY number")
CLAIMS = text(
    """
    SELECT c.*, p.id AS payment_id, p.award_id, p.state AS payment_state, p.requested_by, p.requested_on,
           p.approved_by, p.approved_on, p.refused_by, p.refused_on, p.refusal_reason, p.voucher, p.paid_on
    FROM claim c LEFT JOIN payment p ON p.claim_id = c.id
    WHERE c.application_id = ANY(CAST(:ids AS uuid[])) ORDER BY c.verified_on, c.id
    """
)
PAYMENT_SHARES = text(
    """
    SELECT s.*, a.without_spend_by FROM payment_share s
    JOIN payment p ON p.id = s.payment_id
    JOIN award_share a ON a.award_id = p.award_id AND a.pot_id = s.pot_id
    WHERE s.payment_id = ANY(CAST(:ids AS uuid[])) ORDER BY s.number
    """
)
SAVE = text(
    """
    WITH award_state AS (UPDATE award SET state = :state WHERE id = :award_id AND state <> :state)
    UPDATE grant_funding SET award_id = :award_id, reference = :reference, grantee = :grantee,
                             accepted_on = :accepted_on, version = :version
    WHERE application_id = :application_id
    """
)
RELEASE = text(
    """
    UPDATE award_share s SET released_pence = d.pence
    FROM unnest(CAST(:pots AS uuid[]), CAST(:pence AS bigint[])) AS d(pot_id, pence)
    WHERE s.award_id = :id AND s.pot_id = d.pot_id
    """
)
SAVE_PAYMENT = text(
    """
    UPDATE payment SET state = :state, approved_by = :approved_by, approved_on = :approved_on,
                       refused_by = :refused_by, refused_on = :refused_on, refusal_reason = :refusal_reason,
                       voucher = :voucher, paid_on = :paid_on
    WHERE id = :id
    """
)


class GrantFundings:
    """The money of grants in one transaction: an organisation's books are locked first, then its grant."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._session = uow.session

    async def find(self, application_id: UUID) -> GrantFunding | None:
        """The application's funding, locked, or None."""
        if (await self._session.execute(LOCK, {"id": application_id})).first() is None:
            return None
        return (await self.load({application_id}))[application_id]

    async def get(self, application_id: UUID) -> GrantFunding:
        """The application's funding, locked, or NotFound."""
        funding = await self.find(application_id)
        if funding is None:
            raise NotFound("grant_funding.not_found", "No money was ever asked for this application.")
        return funding

    async def of_payment(self, payment_id: UUID) -> GrantFunding:
        """The funding a payment belongs to, locked, or NotFound."""
        row = (await self._session.execute(LOCK_OF_PAYMENT, {"id": payment_id})).first()
        if row is None:
            raise NotFound("payment.not_found", "There is no such payment. Choose one from the list.")
        return (await self.load({row.application_id}))[row.application_id]

    async def load(self, application_ids: set[UUID]) -> dict[UUID, GrantFunding]:
        """The fundings of these applications, locked, by application; their books are locked already."""
        if not application_ids:
            return {}
        rows = (await self._session.execute(FUNDINGS, {"ids": list(application_ids)})).all()
        shares = await self._shares(SHARES, "award_id", [row.award_id for row in rows if row.award_id])
        claims = (await self._session.execute(CLAIMS, {"ids": list(application_ids)})).all()
        paid = [claim.payment_id for claim in claims if claim.payment_id]
        payment_shares = await self._shares(PAYMENT_SHARES, "payment_id", paid)
        return {
            row.application_id: to_funding(
                row,
                shares[row.award_id],
                [claim for claim in claims if claim.application_id == row.application_id],
                payment_shares,
            )
            for row in rows
        }

    async def _shares(
        self, statement: TextClause, owner: str, ids: Sequence[UUID]
    ) -> defaultdict[UUID, list[Any]]:
        shares: defaultdict[UUID, list[Any]] = defaultdict(list)
        if ids:
            for row in (await self._session.execute(statement, {"ids": list(ids)})).all():
                shares[getattr(row, owner)].append(row)
        return shares

    async def save(self, funding: GrantFunding) -> None:
        """Keep the head of the funding, and how far its award has come."""
        held = funding.reservation
        values = {**funding_row(funding), "state": held.state if held else None}
        await self._session.execute(SAVE, values)

    async def save_release(self, reservation: Reservation) -> None:
        """Keep what of each share went back to its pot."""
        back = reservation.released_shares
        columns = {
            "pots": [share.pot_id for share in back],
            "pence": [share.amount_pence for share in back],
        }
        await self._session.execute(RELEASE, {"id": reservation.id, **columns})

    async def add_claim(self, application_id: UUID, claim: Claim) -> None:
        """Keep a verified claim, payable or disputed."""
        row = ClaimRow(
            id=claim.id,
            application_id=application_id,
            milestone=claim.milestone,
            amount_pence=claim.amount_pence,
            verified_on=claim.verified_on,
            state=claim.state,
            reason=claim.reason,
        )
        message = "This claim is recorded already."
        await add_row(self._session, row, Conflict("claim.recorded_before", message))

    async def add_payment(self, funding: GrantFunding, payment: Payment) -> None:
        """Keep a payment that was asked for, with the shares that will bear it."""
        assert payment.requested_on is not None
        row = PaymentRow(
            id=payment.id,
            application_id=funding.application_id,
            award_id=funding.held.id,
            claim_id=payment.claim_id,
            **progress(payment),
            requested_by=payment.requested_by,
            requested_on=payment.requested_on,
        )
        message = "This payment, or another one of this claim, is recorded already. Open it instead."
        await add_row(self._session, row, Conflict("payment.recorded_before", message))
        shares = [
            {
                "payment_id": payment.id,
                "pot_id": share.pot_id,
                "number": number,
                "amount_pence": share.amount_pence,
            }
            for number, share in enumerate(payment.shares, start=1)
        ]
        await add_rows(self._session, PaymentShareRow, shares)

    async def save_payment(self, payment: Payment) -> None:
        """Keep how far a payment has come."""
        await self._session.execute(SAVE_PAYMENT, {"id": payment.id, **progress(payment)})
