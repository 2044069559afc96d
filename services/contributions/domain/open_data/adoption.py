"""Reported rows as agreements, obligations and pots; what a form would refuse is taken as it is."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from services.contributions.domain.open_data.codes import FundingStatus
from services.contributions.domain.open_data.positions import Position
from services.contributions.domain.open_data.rows import (
    ReportedAgreement,
    ReportedContribution,
    ReportedTransaction,
)
from services.contributions.domain.pots.pot import Pot
from services.contributions.domain.register.agreement import Agreement
from services.contributions.domain.register.obligation import Obligation

DUE = {FundingStatus.SECURED, FundingStatus.RECEIVED}


def adopt_agreement(
    row: ReportedAgreement, obligations: tuple[Obligation, ...], *, agreement_id: UUID
) -> Agreement:
    """An agreement known from open data only, without deed date or kind where none is given."""
    return Agreement(
        id=agreement_id,
        reference=row.reference,
        name=row.name or row.planning_application or row.reference,
        planning_application=row.planning_application,
        organisation=row.organisation or "",
        kind=row.kind,
        deed_on=row.start_on,
        document_url=row.document_url or None,
        obligations=obligations,
        version=1,
    )


def corrected_agreement(
    agreement: Agreement,
    row: ReportedAgreement | None,
    obligations: Mapping[UUID, ReportedContribution],
) -> Agreement:
    """The agreement as a later file has it; limits and triggers, which no file tells, stay."""
    corrected = tuple(
        replace(each, purpose=said.purpose, amount_pence=said.amount_pence)
        if (said := obligations.get(each.id))
        else each
        for each in agreement.obligations
    )
    if row is None:
        return replace(agreement, obligations=corrected)
    return replace(
        agreement,
        name=row.name or agreement.name,
        planning_application=row.planning_application or agreement.planning_application,
        kind=row.kind or agreement.kind,
        deed_on=row.start_on or agreement.deed_on,
        document_url=row.document_url or agreement.document_url,
        obligations=corrected,
    )


def adopt_obligation(
    row: ReportedContribution,
    transactions: Iterable[ReportedTransaction],
    *,
    obligation_id: UUID,
    reported_on: date | None = None,
) -> Obligation:
    """An obligation known from open data only; secured or received money means its trigger was met.

    Of rows without a date the trigger was met by the day of their entry or, at the latest, of their report.
    """
    return Obligation(
        id=obligation_id,
        reference=row.reference,
        purpose=row.purpose,
        amount_pence=row.amount_pence,
        trigger="As reported in the open data; see the deed.",
        trigger_met_on=due_on(row.reference, transactions, reported_on=reported_on),
        organisation=row.organisation,
    )


def adopt_pot(position: Position, *, pot_id: UUID, obligation_id: UUID) -> Pot | None:
    """The pot of what a contribution still holds, without a spend-by date; None where it holds nothing."""
    if position.pot_pence <= 0:
        return None
    return Pot(
        id=pot_id,
        organisation=position.organisation,
        obligation_id=obligation_id,
        purpose=position.purpose,
        received_pence=position.pot_pence,
    )


def due_on(
    reference: str, transactions: Iterable[ReportedTransaction], *, reported_on: date | None = None
) -> date | None:
    """The earliest day by which secured or received money of a contribution was due; None without any."""
    days = (
        row.start_on or row.entry_on or reported_on
        for row in transactions
        if row.contribution_reference == reference and row.status in DUE
    )
    return min((day for day in days if day is not None), default=None)
