"""Whose register each reported row belongs to: the organisation of the agreement it hangs on."""

from collections.abc import Iterator, Mapping

from services.contributions.domain.open_data.known import RowKey
from services.contributions.domain.open_data.reading import OpenData, taken
from services.contributions.domain.open_data.rows import ReportedAgreement, ReportedContribution


class Owners:
    """Looks up the organisation by which rows of one set of files are told from those of others.

    It is the agreement's for all three kinds: a row that changes its own organisation stays the same row.
    """

    def __init__(self, data: OpenData) -> None:
        self._agreements: Mapping[str, ReportedAgreement] = taken(data.agreements)
        self._contributions: Mapping[str, ReportedContribution] = taken(data.contributions)
        self._data = data

    def agreement(self, reference: str) -> str:
        """The organisation of an agreement; empty where its row was not taken."""
        row = self._agreements.get(reference)
        return (row.organisation if row else None) or ""

    def contribution(self, reference: str) -> str:
        """The organisation of a contribution's agreement; empty where its row was not taken."""
        row = self._contributions.get(reference)
        return "" if row is None else self.agreement(row.agreement_reference)

    def keys(self) -> Iterator[RowKey]:
        """The key of every row of the three files, in the order of the report."""
        for agreement in self._data.agreements:
            yield (agreement.dataset, agreement.row.organisation or "", agreement.row.reference)
        for contribution in self._data.contributions:
            own = self.agreement(contribution.row.agreement_reference)
            yield (contribution.dataset, own, contribution.row.reference)
        for transaction in self._data.transactions:
            own = self.contribution(transaction.row.contribution_reference)
            yield (transaction.dataset, own, transaction.row.reference)
