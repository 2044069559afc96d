"""The funding of grants: awards with their shares, claims and payments."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from services.contributions.domain.claim import Claim
from services.contributions.domain.grant_funding import GrantFunding
from services.contributions.domain.payment import Payment
from services.contributions.domain.pots import Share, Shortfall
from services.contributions.domain.reservation import Reservation, ReservationState
from services.contributions.repository.books import Books
from services.contributions.repository.grant_rows import progress, to_claim, to_payment, to_share
from services.contributions.repository.rows import add_row, copy_rows
from services.contributions.tables import (
    AwardRow,
    AwardShareRow,
    ClaimRow,
    GrantFundingRow,
    PaymentRow,
    PaymentShareRow,
)
from shared.errors import Conflict, NotFound
from shared.messaging import UnitOfWork

ORGANISATION = text("SELECT organisation FROM grant_funding WHERE application_id = :id")
OF_PAYMENT = text("SELECT application_id FROM payment WHERE id = :id")
ANSWERED = text("SELECT 1 FROM award WHERE id = :id")
CLAIM_KNOWN = text("SELECT 1 FROM claim WHERE id = :id")
FUNDING = text(
    """
    SELECT g.*, a.state, a.decided_on FROM grant_funding g LEFT JOIN award a ON a.id = g.award_id
    WHERE g.application_id = :id FOR UPDATE OF g
    """
)
SHARES = text("SELECT * FROM award_share WHERE award_id = :id ORDER BY number")
CLAIMS = text("SELECT * FROM claim WHERE application_id = :id ORDER BY verified_on, id")
PAYMENTS = text(
    """
    SELECT p.*, c.verified_on FROM payment p JOIN claim c ON c.id = p.claim_id
    WHERE p.award_id = :id ORDER BY p.requested_on, p.id
    """
)
PAYMENT_SHARES = text(
    """
    SELECT s.*, a.without_spend_by FROM payment_share s
    JOIN payment p ON p.id = s.payment_id
    JOIN award_share a ON a.award_id = p.award_id AND a.pot_id = s.pot_id
    WHERE p.award_id = :id ORDER BY s.payment_id, s.number
    """
)
SAVE_STATE = text("UPDATE award SET state = :state WHERE id = :id")
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
                       voucher = :voucher, paid_on = :paid_on
    WHERE id = :id
    """
)


class GrantFundings:
    """The money of grants in one transaction: an organisation's books are locked first, then its grant."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._session = uow, uow.session

    async def find(self, application_id: UUID, organisation: str | None = None) -> GrantFunding | None:
        """The application's funding, locked, or None; its organisation is looked up where not given."""
        owner = organisation or (await self._session.execute(ORGANISATION, {"id": application_id})).scalar()
        if owner is None:
            return None
        await Books(self._uow).lock(owner)
        row = (await self._session.execute(FUNDING, {"id": application_id})).one_or_none()
        return None if row is None else await self._funding(row)

    async def get(self, application_id: UUID) -> GrantFunding:
        """The application's funding, locked, or NotFound."""
        funding = await self.find(application_id)
        if funding is None:
            raise NotFound("grant_funding.not_found", "No money was ever asked for this application.")
        return funding

    async def of_payment(self, payment_id: UUID) -> GrantFunding:
        """The funding a payment belongs to, locked, or NotFound."""
        application_id = (await self._session.execute(OF_PAYMENT, {"id": payment_id})).scalar()
        if application_id is None:
            raise NotFound("payment.not_found", "There is no such payment. Choose one from the list.")
        return await self.get(application_id)

    async def has_answered(self, award_id: UUID) -> bool:
        """Whether an award was answered before: once is enough."""
        return (await self._session.execute(ANSWERED, {"id": award_id})).first() is not None

    async def knows_claim(self, claim_id: UUID) -> bool:
        """Whether a verified claim was taken before."""
        return (await self._session.execute(CLAIM_KNOWN, {"id": claim_id})).first() is not None

    async def save(self, funding: GrantFunding) -> None:
        """Keep the head of the funding: its version, its award in force and what is known of the grant."""
        values = {
            "application_id": funding.application_id,
            "organisation": funding.organisation,
            "award_id": funding.reservation.id if funding.reservation else None,
            "reference": funding.reference,
            "grantee": funding.grantee,
            "accepted_on": funding.accepted_on,
            "version": funding.version,
        }
        statement = insert(GrantFundingRow).values(**values)
        statement = statement.on_conflict_do_update(index_elements=["application_id"], set_=values)
        await self._session.execute(statement)

    async def add_reservation(self, reservation: Reservation) -> None:
        """Keep an award with the shares that are held for it."""
        await self._add_award(
            AwardRow(
                id=reservation.id,
                application_id=reservation.application_id,
                state=reservation.state,
                requested_pence=reservation.amount_pence,
                lawfully_available_pence=None,
                decided_on=reservation.awarded_on,
            )
        )
        await copy_rows(
            self._uow,
            AwardShareRow,
            [
                {
                    "award_id": reservation.id,
                    "pot_id": share.pot_id,
                    "number": number,
                    "amount_pence": share.amount_pence,
                    "released_pence": 0,
                    "without_spend_by": share.without_spend_by,
                }
                for number, share in enumerate(reservation.shares, start=1)
            ],
        )

    async def add_refusal(
        self, application_id: UUID, award_id: UUID, shortfall: Shortfall, *, decided_on: date
    ) -> None:
        """Keep an award that could not be met, and what was there for it."""
        await self._add_award(
            AwardRow(
                id=award_id,
                application_id=application_id,
                state="refused",
                requested_pence=shortfall.requested_pence,
                lawfully_available_pence=shortfall.lawfully_available_pence,
                decided_on=decided_on,
            )
        )

    async def save_state(self, reservation: Reservation) -> None:
        """Keep how far the award has come."""
        await self._session.execute(SAVE_STATE, {"id": reservation.id, "state": reservation.state})

    async def save_release(self, reservation: Reservation) -> None:
        """Keep what of each share went back to its pot."""
        await self.save_state(reservation)
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
        await copy_rows(
            self._uow,
            PaymentShareRow,
            [
                {
                    "payment_id": payment.id,
                    "pot_id": share.pot_id,
                    "number": number,
                    "amount_pence": share.amount_pence,
                }
                for number, share in enumerate(payment.shares, start=1)
            ],
        )

    async def save_payment(self, payment: Payment) -> None:
        """Keep how far a payment has come."""
        await self._session.execute(SAVE_PAYMENT, {"id": payment.id, **progress(payment)})

    async def _add_award(self, row: AwardRow) -> None:
        message = "This award was answered before."
        await add_row(self._session, row, Conflict("award.answered_before", message))

    async def _funding(self, row: Any) -> GrantFunding:
        claims = (await self._session.execute(CLAIMS, {"id": row.application_id})).all()
        return GrantFunding(
            application_id=row.application_id,
            organisation=row.organisation,
            version=row.version,
            reservation=None if row.award_id is None else await self._reservation(row),
            claims=tuple(to_claim(claim) for claim in claims),
            reference=row.reference,
            grantee=row.grantee,
            accepted_on=row.accepted_on,
        )

    async def _reservation(self, row: Any) -> Reservation:
        shares = (await self._session.execute(SHARES, {"id": row.award_id})).all()
        return Reservation(
            id=row.award_id,
            application_id=row.application_id,
            awarded_on=row.decided_on,
            shares=tuple(to_share(share) for share in shares),
            state=ReservationState(row.state),
            payments=await self._payments(row.award_id),
            released_shares=tuple(
                Share(share.pot_id, share.released_pence, share.without_spend_by)
                for share in shares
                if share.released_pence
            ),
        )

    async def _payments(self, award_id: UUID) -> tuple[Payment, ...]:
        shares: defaultdict[UUID, list[Share]] = defaultdict(list)
        for share in (await self._session.execute(PAYMENT_SHARES, {"id": award_id})).all():
            shares[share.payment_id].append(to_share(share))
        rows = (await self._session.execute(PAYMENTS, {"id": award_id})).all()
        return tuple(to_payment(row, tuple(shares[row.id])) for row in rows)
