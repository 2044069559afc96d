"""Agreements with their obligations."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from services.contributions.domain.register.agreement import Agreement, AgreementKind, Developer
from services.contributions.domain.register.obligation import Obligation
from services.contributions.domain.register.spending import SpendByCounts, SpendingTerms
from services.contributions.domain.register.trigger import Trigger, TriggerKind
from services.contributions.repository.record_keepings import RecordKeepings
from services.contributions.repository.rows import add_row
from services.contributions.tables import AgreementRow, ObligationRow
from shared.errors import Conflict, NotFound
from shared.messaging import UnitOfWork

LOCK_REGISTER = text("SELECT pg_advisory_xact_lock(106, 0)")
RECEIVED = text(
    """
    SELECT (SELECT coalesce(sum(received_pence), 0) FROM pot
            WHERE obligation_id = o.id AND opened_by = 'receipt')
         + coalesce(r.received_pence, 0) AS received_pence, r.exception
    FROM obligation o LEFT JOIN reported_position r ON r.obligation_id = o.id WHERE o.id = :id
    """
)
HAS_MONEY = text(
    """
    SELECT EXISTS (SELECT FROM pot p WHERE p.obligation_id = o.id)
        OR EXISTS (SELECT FROM reported_position r WHERE r.obligation_id = o.id AND r.received_pence > 0)
    FROM obligation o WHERE o.id = ANY(CAST(:ids AS uuid[]))
    """
)
IS_REPORTED = text(
    """
    SELECT EXISTS (SELECT FROM reported_row WHERE organisation = :organisation
                   AND reference = ANY(CAST(:references AS text[])))
    """
)


class Agreements:
    """The register of agreements in one transaction; what it loads for a change it locks.

    Whatever is done by hand to an agreement, its obligations, demands and receipts begins with `get` or
    `add`: these refuse it where the record lives in another system. What no other system keeps (payees, the
    erasure of names) begins with `load`.
    """

    def __init__(self, uow: UnitOfWork) -> None:
        self._session, self._keepings = uow.session, RecordKeepings(uow)

    async def lock_register(self) -> None:
        """Let one writer at a time enter new agreements, by hand or from files."""
        await self._session.execute(LOCK_REGISTER)

    async def get(self, agreement_id: UUID) -> Agreement:
        """The agreement, locked; NotFound where there is none, Conflict where its record lives elsewhere."""
        agreement = await self.load(agreement_id)
        (await self._keepings.of(agreement.organisation)).refuse_by_hand()
        return agreement

    async def load(self, agreement_id: UUID) -> Agreement:
        """The agreement, locked, wherever its record lives; NotFound where there is none."""
        return await load_agreement(self._session, agreement_id, locked=True)

    async def add(self, agreement: Agreement) -> None:
        """Enter a new agreement; Conflict where its id, or its organisation's reference, is there.

        Also Conflict where the organisation's record lives in another system.
        """
        (await self._keepings.of(agreement.organisation)).refuse_by_hand()
        message = "An agreement with this reference (or id) is recorded already. Open that one instead."
        taken = Conflict("agreement.recorded_before", message, field="reference")
        await add_row(self._session, AgreementRow(**agreement_row(agreement)), taken)

    async def add_obligation(self, agreement: Agreement, obligation: Obligation) -> None:
        """Enter a new obligation of a loaded agreement."""
        message = "An obligation with this id is recorded already. Open that one instead."
        taken = Conflict("obligation.recorded_before", message, field="obligation_id")
        row = ObligationRow(**obligation_row(agreement.id, obligation))
        await add_row(self._session, row, taken)
        await self.save_version(agreement)

    async def save_trigger(self, agreement: Agreement, obligation_id: UUID) -> None:
        """Keep the day on which the trigger of one obligation was met."""
        met_on = agreement.obligation(obligation_id).trigger_met_on
        change = update(ObligationRow).where(col(ObligationRow.id) == obligation_id)
        await self._session.execute(change.values(trigger_met_on=met_on))
        await self.save_version(agreement)

    async def count_fact(self, agreement: Agreement) -> Agreement:
        """The agreement after one more fact about it, whose sequence its version now is."""
        counted = replace(agreement, version=agreement.version + 1)
        await self.save_version(counted)
        return counted

    async def save(self, agreement: Agreement) -> None:
        """Write the agreement's own fields; Conflict where another one has its reference."""
        taken = Conflict(
            "agreement.reference_taken",
            f"Another agreement has the reference {agreement.reference}. Use another reference.",
            field="reference",
        )
        values = agreement_row(agreement)
        change = update(AgreementRow).where(col(AgreementRow.id) == agreement.id).values(**values)
        try:
            async with self._session.begin_nested():
                await self._session.execute(change)
        except IntegrityError as error:
            if "agreement_organisation_reference_key" not in str(error.orig):
                raise
            raise taken from error

    async def save_obligation(self, agreement: Agreement, obligation_id: UUID) -> None:
        """Write one obligation of a loaded agreement as it is now."""
        values = obligation_row(agreement.id, agreement.obligation(obligation_id))
        await self._session.execute(
            update(ObligationRow).where(col(ObligationRow.id) == obligation_id).values(**values)
        )
        await self.save_version(agreement)

    async def has_money(self, *obligation_ids: UUID) -> bool:
        """Whether money was received under any of the obligations, by receipts or by imported files."""
        found = await self._session.execute(HAS_MONEY, {"ids": list(obligation_ids)})
        return any(found.scalars())

    async def is_reported(self, organisation: str, *references: str) -> bool:
        """Whether files of the open data tell of any of these references: the next files look for them."""
        sought = {"organisation": organisation, "references": list(references)}
        return bool((await self._session.execute(IS_REPORTED, sought)).scalar_one())

    async def received(self, obligation_id: UUID) -> tuple[int, str | None]:
        """What was received by receipts and by imported files, and why an officer must look at it, if so."""
        row = (await self._session.execute(RECEIVED, {"id": obligation_id})).one()
        return int(row.received_pence), row.exception

    async def save_version(self, agreement: Agreement) -> None:
        """Keep how many facts about the agreement are published."""
        change = update(AgreementRow).where(col(AgreementRow.id) == agreement.id)
        await self._session.execute(change.values(version=agreement.version))


async def load_agreement(session: AsyncSession, agreement_id: UUID, *, locked: bool = False) -> Agreement:
    """The agreement, locked for a change or only looked at; NotFound where there is none."""
    fresh = {"populate_existing": True}
    found = select(AgreementRow).where(col(AgreementRow.id) == agreement_id)
    wanted = found.with_for_update() if locked else found
    row = (await session.execute(wanted, execution_options=fresh)).scalar_one_or_none()
    if row is None:
        raise NotFound("agreement.not_found", "There is no such agreement. Look for it by its reference.")
    its = select(ObligationRow).where(col(ObligationRow.agreement_id) == agreement_id)
    obligations = (await session.execute(its, execution_options=fresh)).scalars().all()
    return _agreement(row, sorted(obligations, key=lambda each: each.reference))


def agreement_row(agreement: Agreement) -> dict[str, Any]:
    """The row of an agreement without its obligations."""
    return {
        "id": agreement.id,
        "organisation": agreement.organisation,
        "reference": agreement.reference,
        "name": agreement.name,
        "planning_application": agreement.planning_application,
        "kind": agreement.kind,
        "deed_on": agreement.deed_on,
        "document_url": agreement.document_url,
        "site_address": agreement.site_address,
        "ward": agreement.ward,
        "ward_edition_id": agreement.ward_edition_id,
        "developer": agreement.developer.name if agreement.developer else None,
        "developer_is_organisation": bool(agreement.developer and agreement.developer.is_organisation),
        "deed_version": agreement.deed_version,
        "varied_on": agreement.varied_on,
        "version": agreement.version,
    }


def obligation_row(agreement_id: UUID, obligation: Obligation) -> dict[str, Any]:
    """The row of an obligation."""
    return {
        "id": obligation.id,
        "agreement_id": agreement_id,
        "organisation": obligation.organisation,
        "reference": obligation.reference,
        "purpose": obligation.purpose,
        "allowed_purposes": sorted(obligation.allowed_purposes),
        "amount_pence": obligation.amount_pence,
        "spend_by_months": obligation.spend_by_months,
        "wards": sorted(obligation.wards),
        "trigger": obligation.trigger,
        "trigger_met_on": obligation.trigger_met_on,
        **_trigger_columns(obligation.due_on),
        "clause": obligation.clause,
        "tranche_number": obligation.tranche_number,
        "tranche_count": obligation.tranche_count,
        "calculation_id": obligation.calculation_id,
        "spend_by_counts": obligation.spending.spend_by_counts,
        "refund_with_interest": obligation.spending.refund_with_interest,
        "recipients": sorted(obligation.spending.recipients),
    }


def _trigger_columns(due_on: Trigger | None) -> dict[str, Any]:
    return {
        "trigger_kind": due_on.kind if due_on else None,
        "trigger_dwelling": due_on.dwelling if due_on else None,
        "trigger_percent": due_on.percent if due_on else None,
        "trigger_on": due_on.on if due_on else None,
    }


def _agreement(row: AgreementRow, obligations: list[ObligationRow]) -> Agreement:
    return Agreement(
        id=row.id,
        organisation=row.organisation,
        reference=row.reference,
        name=row.name,
        planning_application=row.planning_application,
        kind=None if row.kind is None else AgreementKind(row.kind),
        deed_on=row.deed_on,
        document_url=row.document_url,
        site_address=row.site_address,
        ward=row.ward,
        ward_edition_id=row.ward_edition_id,
        developer=Developer(row.developer, row.developer_is_organisation) if row.developer else None,
        deed_version=row.deed_version,
        varied_on=row.varied_on,
        obligations=tuple(_obligation(each) for each in obligations),
        version=row.version,
    )


def _obligation(row: ObligationRow) -> Obligation:
    return Obligation(
        id=row.id,
        organisation=row.organisation,
        reference=row.reference,
        purpose=row.purpose,
        allowed_purposes=frozenset(row.allowed_purposes),
        amount_pence=row.amount_pence,
        spend_by_months=row.spend_by_months,
        wards=frozenset(row.wards),
        trigger=row.trigger,
        trigger_met_on=row.trigger_met_on,
        due_on=_due_on(row),
        clause=row.clause,
        tranche_number=row.tranche_number,
        tranche_count=row.tranche_count,
        calculation_id=row.calculation_id,
        spending=_spending(row),
    )


def _spending(row: ObligationRow) -> SpendingTerms:
    return SpendingTerms(
        spend_by_counts=None if row.spend_by_counts is None else SpendByCounts(row.spend_by_counts),
        refund_with_interest=row.refund_with_interest,
        recipients=frozenset(row.recipients),
    )


def _due_on(row: ObligationRow) -> Trigger | None:
    if row.trigger_kind is None:
        return None
    return Trigger(
        kind=TriggerKind(row.trigger_kind),
        dwelling=row.trigger_dwelling,
        percent=row.trigger_percent,
        on=row.trigger_on,
    )
