"""The head of an import's report: how many rows came to what, and what they changed."""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from uuid import UUID

from services.contributions.domain.open_data.notes import Outcome
from services.contributions.domain.open_data.plan import ImportPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary:
    """What one import brought; counts and sums (pence) are of rows that were new, outcomes are of all."""

    import_id: UUID
    changes_nothing: bool
    outcomes: dict[str, int]
    agreements: int
    contributions: int
    transactions: int
    secured_pence: int
    received_pence: int
    allocated_pence: int
    transferred_pence: int
    spent_pence: int
    returned_pence: int
    pots: int
    pots_pence: int
    exceptions: int
    exceptions_pence: int

    def as_json(self) -> str:
        """The summary as it is stored."""
        return json.dumps({**asdict(self), "import_id": str(self.import_id)})


def summarise(import_id: UUID, plan: ImportPlan) -> ImportSummary:
    """Count what an import changes."""
    report, settled = plan.report, plan.settled
    pots = [each.pot.received_pence for each in settled if each.pot is not None]
    exceptions = [each.position.available_pence for each in settled if each.exception is not None]
    outcomes = Counter(reading.outcome for reading in report.readings)
    return ImportSummary(
        import_id=import_id,
        changes_nothing=plan.changes_nothing,
        outcomes={outcome.value: outcomes[outcome] for outcome in Outcome},
        agreements=sum(reading.is_taken for reading in report.agreements),
        contributions=sum(reading.is_taken for reading in report.contributions),
        transactions=sum(reading.is_taken for reading in report.transactions),
        secured_pence=sum(each.secured_pence for each in plan.added),
        received_pence=sum(each.received_pence for each in plan.added),
        allocated_pence=sum(each.allocated_pence for each in plan.added),
        transferred_pence=sum(each.transferred_pence for each in plan.added),
        spent_pence=sum(each.spent_pence for each in plan.added),
        returned_pence=sum(each.returned_pence for each in plan.added),
        pots=len(pots),
        pots_pence=sum(pots),
        exceptions=len(exceptions),
        exceptions_pence=sum(exceptions),
    )
