"""Facts about agreements, as the published language words them."""

from datetime import date
from uuid import UUID

from services.contributions.domain.register.agreement import Agreement
from services.contributions.domain.register.obligation import Obligation
from shared.events import contributions as published

NOT_KNOWN = "unknown"
"""What is said of a kind or purpose that an import could not read."""


def agreement_recorded(agreement: Agreement) -> published.AgreementRecorded:
    """The agreement stands in the register."""
    return published.AgreementRecorded(
        agreement_id=agreement.id,
        organisation=agreement.organisation,
        reference=agreement.reference,
        planning_application=agreement.planning_application,
        kind=agreement.kind or NOT_KNOWN,
        deed_on=agreement.deed_on,
        document_url=agreement.document_url,
    )


def obligation_recorded(agreement_id: UUID, obligation: Obligation) -> published.ObligationRecorded:
    """The clause secures a sum; 0 pence where an import names none, as for dwellings to be built."""
    due_on = obligation.due_on
    return published.ObligationRecorded(
        agreement_id=agreement_id,
        obligation_id=obligation.id,
        reference=obligation.reference,
        purpose=obligation.purpose or NOT_KNOWN,
        amount_pence=obligation.amount_pence or 0,
        spend_by_months=obligation.spend_by_months,
        wards=tuple(sorted(obligation.wards)),
        trigger=obligation.trigger,
        trigger_kind=due_on.kind if due_on else None,
        trigger_dwelling=due_on.dwelling if due_on else None,
        trigger_percent=due_on.percent if due_on else None,
        trigger_on=due_on.on if due_on else None,
        clause=obligation.clause,
        tranche_number=obligation.tranche_number,
        tranche_count=obligation.tranche_count,
        calculation_id=obligation.calculation_id,
    )


def obligation_secured(agreement_id: UUID, obligation_id: UUID, met_on: date) -> published.ObligationSecured:
    """The trigger of the obligation is met."""
    return published.ObligationSecured(
        agreement_id=agreement_id, obligation_id=obligation_id, trigger_met_on=met_on
    )
