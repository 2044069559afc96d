"""What the contributions service publishes, by the aggregate it is about."""

from shared.events.contributions.agreement import AgreementRecorded, ObligationRecorded, ObligationSecured
from shared.events.contributions.demand import DemandIssued, DemandWithdrawn
from shared.events.contributions.grant_funding import (
    ClaimPayable,
    FundsCommitted,
    FundsRefused,
    FundsReleased,
    FundsReserved,
    PaymentApproved,
    PaymentMade,
    PaymentRefused,
    PaymentRequested,
    Share,
)
from shared.events.contributions.pot import PotOpened, ReceiptReversed

__all__ = [
    "AgreementRecorded",
    "ClaimPayable",
    "DemandIssued",
    "DemandWithdrawn",
    "FundsCommitted",
    "FundsRefused",
    "FundsReleased",
    "FundsReserved",
    "ObligationRecorded",
    "ObligationSecured",
    "PaymentApproved",
    "PaymentMade",
    "PaymentRefused",
    "PaymentRequested",
    "PotOpened",
    "ReceiptReversed",
    "Share",
]
