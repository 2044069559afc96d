"""What the contributions service publishes, by the aggregate it is about."""

from shared.events.contributions.agreement import (
    AgreementCorrected,
    AgreementRecorded,
    AgreementVaried,
    ObligationCorrected,
    ObligationRecorded,
    ObligationSecured,
    ObligationVaried,
    PayeeNamed,
    PayeeRemoved,
    PeopleErased,
)
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
from shared.events.contributions.pricing import (
    CalculationRecorded,
    CalculationStep,
    EnergyStatementRecorded,
    PricePolicyRecorded,
    YearOfPrices,
)
from shared.events.contributions.site import SiteProgressRecorded, SiteProgressWithdrawn

__all__ = [
    "AgreementCorrected",
    "AgreementRecorded",
    "AgreementVaried",
    "CalculationRecorded",
    "CalculationStep",
    "ClaimPayable",
    "DemandIssued",
    "DemandWithdrawn",
    "EnergyStatementRecorded",
    "FundsCommitted",
    "FundsRefused",
    "FundsReleased",
    "FundsReserved",
    "ObligationCorrected",
    "ObligationRecorded",
    "ObligationSecured",
    "ObligationVaried",
    "PayeeNamed",
    "PayeeRemoved",
    "PaymentApproved",
    "PaymentMade",
    "PaymentRefused",
    "PaymentRequested",
    "PeopleErased",
    "PotOpened",
    "PricePolicyRecorded",
    "ReceiptReversed",
    "Share",
    "SiteProgressRecorded",
    "SiteProgressWithdrawn",
    "YearOfPrices",
]
