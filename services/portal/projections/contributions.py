"""What the read model keeps of the contributions service: agreements, pots and every penny's movement."""

from collections.abc import Iterable
from functools import singledispatch
from typing import Literal, TypeAlias
from uuid import UUID

from pydantic_core import to_json

from services.portal.projections.columns import Columns, Values
from services.portal.projections.projecting import Rows, fact
from services.portal.tables import (
    AgreementRow,
    ApplicationRow,
    CalculationRow,
    ClaimRow,
    DemandRow,
    FundMovementRow,
    ObligationRow,
    PaymentRow,
    PotActRow,
    PotRow,
    VariationRow,
)
from shared.events.contributions import (
    AgreementCorrected,
    AgreementRecorded,
    AgreementVaried,
    BalanceCorrected,
    CalculationRecorded,
    ClaimPayable,
    DemandIssued,
    DemandWithdrawn,
    EnergyStatementRecorded,
    FundsCommitted,
    FundsRedrawn,
    FundsRefused,
    FundsReleased,
    FundsReserved,
    InterestShared,
    ObligationCorrected,
    ObligationRecorded,
    ObligationSecured,
    ObligationVaried,
    PayeeNamed,
    PayeeRemoved,
    PaymentApproved,
    PaymentMade,
    PaymentRefused,
    PaymentRequested,
    PeopleErased,
    PotOpened,
    PricePolicyRecorded,
    ReceiptReversed,
    RefundApproved,
    RefundMade,
    RefundRefused,
    RefundRequested,
    SiteProgressRecorded,
    SiteProgressWithdrawn,
    SpendByExtended,
    SpendingTermsStated,
)

Kind: TypeAlias = Literal["reserved", "redrawn", "committed", "released", "paid"]
Moves: TypeAlias = FundsReserved | FundsCommitted | FundsReleased | PaymentMade

EVENTS = (
    AgreementRecorded,
    AgreementCorrected,
    AgreementVaried,
    BalanceCorrected,
    PayeeNamed,
    PayeeRemoved,
    PeopleErased,
    ObligationRecorded,
    ObligationCorrected,
    ObligationVaried,
    ObligationSecured,
    DemandIssued,
    DemandWithdrawn,
    PricePolicyRecorded,
    EnergyStatementRecorded,
    CalculationRecorded,
    SiteProgressRecorded,
    SiteProgressWithdrawn,
    PotOpened,
    ReceiptReversed,
    RefundRequested,
    RefundApproved,
    RefundRefused,
    RefundMade,
    InterestShared,
    SpendByExtended,
    SpendingTermsStated,
    FundsReserved,
    FundsRedrawn,
    FundsRefused,
    FundsCommitted,
    FundsReleased,
    ClaimPayable,
    PaymentRequested,
    PaymentApproved,
    PaymentRefused,
    PaymentMade,
)

AGREEMENT = Columns(
    AgreementRow,
    (
        "organisation",
        "reference",
        "planning_application",
        "kind",
        "deed_on",
        "document_url",
        "ward",
        "ward_edition",
        "developer",
    ),
)
VARIATION = Columns(VariationRow, ("agreement_id", "deed_version", "varied_on", "variation_url", "summary"))
OBLIGATION = Columns(
    ObligationRow,
    (
        "agreement_id",
        "reference",
        "purpose",
        "amount_pence",
        "spend_by_months",
        "wards",
        "trigger",
        "clause",
        "tranche_number",
        "tranche_count",
        "calculation_id",
    ),
    "recorded_sequence",
)
CALCULATION = Columns(
    CalculationRow,
    (
        "agreement_id",
        "clause",
        "policy_name",
        "policy_version",
        "policy_valid_from",
        "policy_source",
        "policy_source_url",
        "statement_reference",
        "statement_stage",
        "statement_approved_on",
        "rounding",
        "amount_pence",
        "due_pence",
        "fee_pence",
        "steps",
    ),
)
SECURED = Columns(ObligationRow, ("agreement_id", "trigger_met_on"), "secured_sequence")
DEMANDED = Columns(
    DemandRow,
    (
        "agreement_id",
        "obligation_id",
        "reference",
        "issued_on",
        "due_on",
        "base_pence",
        "demanded_pence",
        "working",
        "provisional",
    ),
    "issued_sequence",
)
WITHDRAWN = Columns(DemandRow, ("agreement_id", "obligation_id", "withdrawn_on"), "withdrawn_sequence")
POT = Columns(
    PotRow,
    (
        "agreement_id",
        "obligation_id",
        "organisation",
        "reference",
        "purpose",
        "wards",
        "received_pence",
        "received_on",
        "opened_by",
        "standing",
        "pool",
        "as_at_on",
        "records_begin_on",
        "kept_before_in",
    ),
)
SPEND_BY = Columns(PotRow, ("spend_by_on",), "spend_by_sequence")
SPENDING = Columns(
    ObligationRow,
    ("agreement_id", "spend_by_counts", "refund_with_interest", "recipients"),
    "spending_sequence",
)
ACT = Columns(
    PotActRow,
    ("kind", "amount_pence", "happened_on", "reason", "voucher", "spend_by_on", "document_url"),
)
MOVEMENT = Columns(FundMovementRow, ("kind", "amount_pence", "undated", "payment_id"))
FUNDED = Columns(ApplicationRow, (), "funding_sequence")
SHORTFALL = Columns(ApplicationRow, ("shortfall_pence",), "shortfall_sequence")
PAYABLE = Columns(ClaimRow, ("application_id", "payable_pence"), "payable_sequence")
REQUESTED = Columns(PaymentRow, ("application_id", "claim_id", "amount_pence"), "requested_sequence")
APPROVED = Columns(PaymentRow, ("application_id",), "approved_sequence")
REFUSED = Columns(PaymentRow, ("application_id", "refused_on", "refusal_reason"), "refused_sequence")
MADE = Columns(PaymentRow, ("application_id", "paid_pence", "voucher", "paid_on"), "made_sequence")


@singledispatch
def rows(_event: object, _sequence: int) -> Rows:
    """Which columns an event fills; those that the read model does not show fill none."""
    return ()


@rows.register
def _agreement(event: AgreementRecorded, sequence: int) -> Rows:
    """Recorded or corrected: all of it is told each time."""
    yield fact(AGREEMENT, event, sequence)


@rows.register
def _varied(event: AgreementVaried, sequence: int) -> Rows:
    yield fact(AGREEMENT, event, sequence)
    yield fact(VARIATION, event, sequence)


@rows.register
def _obligation(event: ObligationRecorded, sequence: int) -> Rows:
    """Recorded, corrected or varied: all of it is told each time."""
    yield fact(OBLIGATION, event, sequence)


@rows.register
def _calculation(event: CalculationRecorded, sequence: int) -> Rows:
    steps = to_json(event.steps).decode()
    yield fact(CALCULATION, event, sequence, steps=steps)


@rows.register
def _secured(event: ObligationSecured, sequence: int) -> Rows:
    yield fact(SECURED, event, sequence)


@rows.register
def _demanded(event: DemandIssued, sequence: int) -> Rows:
    yield fact(DEMANDED, event, sequence, working=list(event.working))


@rows.register
def _withdrawn(event: DemandWithdrawn, sequence: int) -> Rows:
    yield fact(WITHDRAWN, event, sequence)


@rows.register
def _pot(event: PotOpened, sequence: int) -> Rows:
    yield fact(POT, event, sequence)
    yield fact(SPEND_BY, event, sequence)


@rows.register
def _balance_corrected(event: BalanceCorrected, sequence: int) -> Rows:
    yield fact(ACT, event, sequence, kind="corrected", happened_on=event.corrected_on)


@rows.register
def _reversed(event: ReceiptReversed, sequence: int) -> Rows:
    yield fact(ACT, event, sequence, kind="reversed", happened_on=event.reversed_on)


@rows.register
def _refund_requested(event: RefundRequested, sequence: int) -> Rows:
    yield fact(ACT, event, sequence, kind="refund_requested", happened_on=event.requested_on)


@rows.register
def _refund_approved(event: RefundApproved, sequence: int) -> Rows:
    yield fact(ACT, event, sequence, kind="refund_approved", happened_on=event.approved_on)


@rows.register
def _refund_refused(event: RefundRefused, sequence: int) -> Rows:
    yield fact(ACT, event, sequence, kind="refund_refused", happened_on=event.refused_on)


@rows.register
def _refund_made(event: RefundMade, sequence: int) -> Rows:
    yield fact(ACT, event, sequence, kind="returned", happened_on=event.returned_on)


@rows.register
def _interest(event: InterestShared, sequence: int) -> Rows:
    yield fact(ACT, event, sequence, kind="interest", happened_on=event.shared_on)


@rows.register
def _extended(event: SpendByExtended, sequence: int) -> Rows:
    yield fact(SPEND_BY, event, sequence)
    yield fact(ACT, event, sequence, kind="extended", happened_on=event.deed_on)


@rows.register
def _spending(event: SpendingTermsStated, sequence: int) -> Rows:
    yield fact(SPENDING, event, sequence)


@rows.register
def _redrawn(event: FundsRedrawn, sequence: int) -> Rows:
    yield fact(FUNDED, event, sequence)
    for change in event.changes:
        values = {"kind": "redrawn", "amount_pence": change.change_pence, "undated": change.undated}
        place = {"application_id": event.application_id, "sequence": sequence, "pot_id": change.pot_id}
        yield MOVEMENT, {**place, **values, "payment_id": None}


@rows.register
def _reserved(event: FundsReserved, sequence: int) -> Rows:
    yield from _movements("reserved", event, sequence)


@rows.register
def _refused(event: FundsRefused, sequence: int) -> Rows:
    yield fact(SHORTFALL, event, sequence)


@rows.register
def _committed(event: FundsCommitted, sequence: int) -> Rows:
    yield from _movements("committed", event, sequence)


@rows.register
def _released(event: FundsReleased, sequence: int) -> Rows:
    yield from _movements("released", event, sequence)


@rows.register
def _payable(event: ClaimPayable, sequence: int) -> Rows:
    yield fact(PAYABLE, event, sequence, payable_pence=event.amount_pence)


@rows.register
def _requested(event: PaymentRequested, sequence: int) -> Rows:
    yield fact(REQUESTED, event, sequence)


@rows.register
def _approved(event: PaymentApproved, sequence: int) -> Rows:
    yield fact(APPROVED, event, sequence)


@rows.register
def _payment_refused(event: PaymentRefused, sequence: int) -> Rows:
    yield fact(REFUSED, event, sequence, refusal_reason=event.reason)


@rows.register
def _made(event: PaymentMade, sequence: int) -> Rows:
    yield fact(MADE, event, sequence, paid_pence=event.amount_pence)
    yield from _movements("paid", event, sequence, event.payment_id)


def _movements(
    kind: Kind, event: Moves, sequence: int, payment_id: UUID | None = None
) -> Iterable[tuple[Columns, Values]]:
    """One row for each pot that the event moves money in, and the grant that it is for."""
    yield fact(FUNDED, event, sequence)
    for share in event.shares:
        values = {"kind": kind, "amount_pence": share.amount_pence, "undated": share.undated}
        place = {"application_id": event.application_id, "sequence": sequence, "pot_id": share.pot_id}
        yield MOVEMENT, {**place, **values, "payment_id": payment_id}
