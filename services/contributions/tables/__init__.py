"""The tables of the contributions service, as its migrations make them, by subject."""

from services.contributions.tables.base import Base
from services.contributions.tables.demands import BaseRateRow, DemandLetterRow, DemandRow, PaymentTermsRow
from services.contributions.tables.grants import (
    AwardRedrawRow,
    AwardRow,
    AwardShareRow,
    ClaimRow,
    GrantFundingRow,
    PaymentRow,
    PaymentShareRow,
)
from services.contributions.tables.import_drafts import (
    CodeMappingRow,
    ImportDifferenceRow,
    ImportDraftFileRow,
    ImportDraftRow,
    ImportDraftRowRow,
)
from services.contributions.tables.indexation import IndexPublicationRow, IndexSeriesRow, IndexValueRow
from services.contributions.tables.interest import InterestPeriodRow, InterestShareRow
from services.contributions.tables.open_data import (
    OpenDataImportRow,
    ReportedPositionRow,
    ReportedRowRow,
    ReportedTransactionRow,
)
from services.contributions.tables.payments import (
    BatchedPaymentRow,
    PaymentBatchRow,
    PaymentReturnRow,
    SupplierRow,
    VoucherRow,
)
from services.contributions.tables.periods import ClosedBalanceRow, ClosedPeriodRow
from services.contributions.tables.pots import (
    BalanceCorrectionRow,
    LedgerEntryRow,
    OpeningBalanceRow,
    PotRow,
    ReceiptReversalRow,
    SpendByExtensionRow,
)
from services.contributions.tables.pricing import (
    CalculationRow,
    EnergyStatementRow,
    PricePolicyRow,
    SiteProgressRow,
    WithdrawnProgressRow,
)
from services.contributions.tables.reconciliation import (
    ExplainedMovementRow,
    GeneralLedgerColumnsRow,
    GeneralLedgerDecisionRow,
    GeneralLedgerFileRow,
    GeneralLedgerLineRow,
    ReconciliationRow,
)
from services.contributions.tables.record_keeping import RecordKeepingRow
from services.contributions.tables.refunds import RefundRow
from services.contributions.tables.register import (
    AgreementRow,
    CorrectionRow,
    EarlierAgreementRow,
    EarlierObligationRow,
    KnownWardRow,
    ObligationRow,
    PayeeRow,
    VariationRow,
    WardEditionRow,
    WardRow,
)
from services.contributions.tables.statement import (
    OpenDataEditionRow,
    OpenDataFileRow,
    PublishingRow,
    StatementEditionRow,
)

__all__ = [
    "AgreementRow",
    "AwardRedrawRow",
    "AwardRow",
    "AwardShareRow",
    "BalanceCorrectionRow",
    "Base",
    "BaseRateRow",
    "BatchedPaymentRow",
    "CalculationRow",
    "ClaimRow",
    "ClosedBalanceRow",
    "ClosedPeriodRow",
    "CodeMappingRow",
    "CorrectionRow",
    "DemandLetterRow",
    "DemandRow",
    "EarlierAgreementRow",
    "EarlierObligationRow",
    "EnergyStatementRow",
    "ExplainedMovementRow",
    "GeneralLedgerColumnsRow",
    "GeneralLedgerDecisionRow",
    "GeneralLedgerFileRow",
    "GeneralLedgerLineRow",
    "GrantFundingRow",
    "ImportDifferenceRow",
    "ImportDraftFileRow",
    "ImportDraftRow",
    "ImportDraftRowRow",
    "IndexPublicationRow",
    "IndexSeriesRow",
    "IndexValueRow",
    "InterestPeriodRow",
    "InterestShareRow",
    "KnownWardRow",
    "LedgerEntryRow",
    "ObligationRow",
    "OpenDataEditionRow",
    "OpenDataFileRow",
    "OpenDataImportRow",
    "OpeningBalanceRow",
    "PayeeRow",
    "PaymentBatchRow",
    "PaymentReturnRow",
    "PaymentRow",
    "PaymentShareRow",
    "PaymentTermsRow",
    "PotRow",
    "PricePolicyRow",
    "PublishingRow",
    "ReceiptReversalRow",
    "ReconciliationRow",
    "RecordKeepingRow",
    "RefundRow",
    "ReportedPositionRow",
    "ReportedRowRow",
    "ReportedTransactionRow",
    "SiteProgressRow",
    "SpendByExtensionRow",
    "StatementEditionRow",
    "SupplierRow",
    "VariationRow",
    "VoucherRow",
    "WardEditionRow",
    "WardRow",
    "WithdrawnProgressRow",
]
