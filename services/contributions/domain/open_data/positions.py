"""Where each contribution stands, by its transactions: a pot, nothing, or a case for an officer."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from services.contributions.domain.open_data.codes import FundingStatus
from services.contributions.domain.open_data.reading import OpenData, taken
from services.contributions.domain.open_data.rows import ReportedTransaction


class ExceptionKind(StrEnum):
    """Why an officer has to look at a contribution before its money can be used."""

    MORE_GONE_THAN_RECEIVED = "more_gone_than_received"
    OUTGOING_BELOW_ZERO = "outgoing_below_zero"
    DIFFERS_FROM_BOOKS = "differs_from_books"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One contribution's sums by status, in pence, as reported; its pot is its row's organisation's."""

    contribution_reference: str
    agreement_reference: str
    organisation: str
    purpose: str | None
    secured_pence: int = 0
    received_pence: int = 0
    allocated_pence: int = 0
    transferred_pence: int = 0
    spent_pence: int = 0
    returned_pence: int = 0

    @property
    def available_pence(self) -> int:
        """Received less spent, transferred and returned, in pence; allocated money has not left."""
        return self.received_pence - self.spent_pence - self.transferred_pence - self.returned_pence

    def plus(self, later: "Position") -> "Position":
        """The position once later rows of the same contribution are counted too."""
        return replace(
            self,
            secured_pence=self.secured_pence + later.secured_pence,
            received_pence=self.received_pence + later.received_pence,
            allocated_pence=self.allocated_pence + later.allocated_pence,
            transferred_pence=self.transferred_pence + later.transferred_pence,
            spent_pence=self.spent_pence + later.spent_pence,
            returned_pence=self.returned_pence + later.returned_pence,
        )

    @property
    def exception(self) -> ExceptionKind | None:
        """Why an officer has to look, or None; an outgoing sum below zero would make money out of nothing."""
        if min(self.spent_pence, self.transferred_pence, self.returned_pence) < 0:
            return ExceptionKind.OUTGOING_BELOW_ZERO
        return ExceptionKind.MORE_GONE_THAN_RECEIVED if self.available_pence < 0 else None

    @property
    def pot_pence(self) -> int:
        """What its pot opens with, in pence; 0 means no pot."""
        return 0 if self.exception is not None else self.available_pence


def positions(data: OpenData) -> tuple[Position, ...]:
    """The position of every contribution that was taken, in the order of the file."""
    agreements, contributions = taken(data.agreements), taken(data.contributions)
    sums = _sums(taken(data.transactions).values())
    found = []
    for contribution in contributions.values():
        agreement = agreements[contribution.agreement_reference]
        pence = sums.get(contribution.reference, Counter())
        found.append(
            Position(
                contribution_reference=contribution.reference,
                agreement_reference=agreement.reference,
                organisation=contribution.organisation or agreement.organisation or "",
                purpose=contribution.purpose,
                secured_pence=pence[FundingStatus.SECURED],
                received_pence=pence[FundingStatus.RECEIVED],
                allocated_pence=pence[FundingStatus.ALLOCATED],
                transferred_pence=pence[FundingStatus.TRANSFERRED],
                spent_pence=pence[FundingStatus.SPENT],
                returned_pence=pence[FundingStatus.RETURNED],
            )
        )
    return tuple(found)


def without(found: tuple[Position, ...], rows: Iterable[ReportedTransaction]) -> tuple[Position, ...]:
    """The positions less what these rows once said."""
    sums = _sums(rows)
    if not sums:
        return found
    return tuple(_less(each, sums.get(each.contribution_reference, Counter())) for each in found)


def _less(position: Position, pence: Counter[FundingStatus]) -> Position:
    return replace(
        position,
        secured_pence=position.secured_pence - pence[FundingStatus.SECURED],
        received_pence=position.received_pence - pence[FundingStatus.RECEIVED],
        allocated_pence=position.allocated_pence - pence[FundingStatus.ALLOCATED],
        transferred_pence=position.transferred_pence - pence[FundingStatus.TRANSFERRED],
        spent_pence=position.spent_pence - pence[FundingStatus.SPENT],
        returned_pence=position.returned_pence - pence[FundingStatus.RETURNED],
    )


def _sums(transactions: Iterable[ReportedTransaction]) -> dict[str, Counter[FundingStatus]]:
    sums: dict[str, Counter[FundingStatus]] = {}
    for transaction in transactions:
        if transaction.status is not None and transaction.amount_pence is not None:
            of_contribution = sums.setdefault(transaction.contribution_reference, Counter())
            of_contribution[transaction.status] += transaction.amount_pence
    return sums
