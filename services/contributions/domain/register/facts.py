"""Facts about agreements, as the published language words them."""

from datetime import date
from typing import Any
from uuid import UUID

from services.contributions.domain.register.agreement import Agreement
from services.contributions.domain.register.changes import Variation
from services.contributions.domain.register.obligation import Obligation
from services.contributions.domain.register.spending import SpendingTerms
from shared.events import contributions as published

NOT_KNOWN = "unknown"
"""What is said of a kind or purpose that an import could not read."""


def agreement_recorded(
    agreement: Agreement, *, ward_edition: str | None = None
) -> published.AgreementRecorded:
    """The agreement stands in the register; the edition is the name of that its ward is of."""
    return published.AgreementRecorded(**_agreement(agreement, ward_edition))


def agreement_corrected(
    agreement: Agreement, correction_id: UUID, *, ward_edition: str | None
) -> published.AgreementCorrected:
    """The agreement as it should have been recorded."""
    return published.AgreementCorrected(**_agreement(agreement, ward_edition), correction_id=correction_id)


def agreement_varied(
    agreement: Agreement, variation: Variation, *, ward_edition: str | None
) -> published.AgreementVaried:
    """The version that a deed of variation made."""
    return published.AgreementVaried(
        **_agreement(agreement, ward_edition),
        variation_id=variation.id,
        deed_version=agreement.deed_version,
        varied_on=variation.deed_on,
        variation_url=variation.document_url,
        summary=variation.summary,
    )


def obligation_recorded(agreement_id: UUID, obligation: Obligation) -> published.ObligationRecorded:
    """The clause secures a sum; 0 pence where an import names none, as for dwellings to be built."""
    return published.ObligationRecorded(**_terms(agreement_id, obligation))


def obligation_corrected(
    agreement_id: UUID, obligation: Obligation, correction_id: UUID
) -> published.ObligationCorrected:
    """The clause as it should have been recorded."""
    return published.ObligationCorrected(**_terms(agreement_id, obligation), correction_id=correction_id)


def obligation_varied(
    agreement_id: UUID, obligation: Obligation, variation: Variation
) -> published.ObligationVaried:
    """The clause as a deed of variation has it."""
    return published.ObligationVaried(
        **_terms(agreement_id, obligation), variation_id=variation.id, varied_on=variation.deed_on
    )


def obligation_secured(agreement_id: UUID, obligation_id: UUID, met_on: date) -> published.ObligationSecured:
    """The trigger of the obligation is met."""
    return published.ObligationSecured(
        agreement_id=agreement_id, obligation_id=obligation_id, trigger_met_on=met_on
    )


def spending_terms_stated(
    agreement_id: UUID, obligation_id: UUID, terms: SpendingTerms
) -> published.SpendingTermsStated:
    """What the deed says about spending is known."""
    assert terms.spend_by_counts is not None
    assert terms.refund_with_interest is not None
    return published.SpendingTermsStated(
        agreement_id=agreement_id,
        obligation_id=obligation_id,
        spend_by_counts=terms.spend_by_counts,
        refund_with_interest=terms.refund_with_interest,
        recipients=tuple(sorted(terms.recipients)),
    )


def payee_named(agreement_id: UUID, payee_id: UUID) -> published.PayeeNamed:
    """Somebody is to be refunded what is not spent."""
    return published.PayeeNamed(agreement_id=agreement_id, payee_id=payee_id)


def payee_removed(agreement_id: UUID, payee_id: UUID) -> published.PayeeRemoved:
    """Somebody is no longer to be refunded."""
    return published.PayeeRemoved(agreement_id=agreement_id, payee_id=payee_id)


def people_erased(agreement_id: UUID) -> published.PeopleErased:
    """People's names are gone from the agreement."""
    return published.PeopleErased(agreement_id=agreement_id)


def _agreement(agreement: Agreement, ward_edition: str | None) -> dict[str, Any]:
    developer = agreement.developer
    return {
        "agreement_id": agreement.id,
        "organisation": agreement.organisation,
        "reference": agreement.reference,
        "planning_application": agreement.planning_application,
        "kind": agreement.kind or NOT_KNOWN,
        "deed_on": agreement.deed_on,
        "document_url": agreement.document_url,
        "ward": agreement.ward,
        "ward_edition": ward_edition if agreement.ward_edition_id else None,
        "developer": developer.name if developer and developer.is_organisation else None,
    }


def _terms(agreement_id: UUID, obligation: Obligation) -> dict[str, Any]:
    due_on = obligation.due_on
    return {
        "agreement_id": agreement_id,
        "obligation_id": obligation.id,
        "reference": obligation.reference,
        "purpose": obligation.purpose or NOT_KNOWN,
        "amount_pence": obligation.amount_pence or 0,
        "spend_by_months": obligation.spend_by_months,
        "wards": tuple(sorted(obligation.wards)),
        "trigger": obligation.trigger,
        "trigger_kind": due_on.kind if due_on else None,
        "trigger_dwelling": due_on.dwelling if due_on else None,
        "trigger_percent": due_on.percent if due_on else None,
        "trigger_on": due_on.on if due_on else None,
        "clause": obligation.clause,
        "tranche_number": obligation.tranche_number,
        "tranche_count": obligation.tranche_count,
        "calculation_id": obligation.calculation_id,
    }
