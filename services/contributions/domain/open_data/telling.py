"""Which rows of a file are new to the books: said of each row before anything is changed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from services.contributions.domain.open_data.differences import (
    Change,
    Difference,
    DifferenceKind,
    find_change,
    missing,
)
from services.contributions.domain.open_data.known import Known, RowKey
from services.contributions.domain.open_data.notes import (
    changed_since,
    known_already,
    moved_elsewhere,
    officers_stands,
    taken_anew,
)
from services.contributions.domain.open_data.owners import Owners
from services.contributions.domain.open_data.reading import OpenData
from services.contributions.domain.open_data.rows import (
    Reading,
    ReportedAgreement,
    ReportedContribution,
    Row,
)

PARENTS = {"developer-agreement", "developer-agreement-contribution", "organisation"}
"""A row that moved to another deed, contribution or council would take its money with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Whether changed rows are taken, and whether the file follows another system's whole record."""

    takes_changes: bool = False
    follows: str | None = None


ONLY_ADDS = Terms()
"""A later file adds; what it says otherwise is refused, and the first stands."""


@dataclass(slots=True)
class Told:
    """The report with each row told from the known ones, the rows that changed, and all differences."""

    report: OpenData
    changes: dict[RowKey, Change] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()


def tell_new_from_known(data: OpenData, known: Known, owners: Owners, *, today: date, terms: Terms) -> Told:
    """Known rows as repeated; changed ones taken anew or refused, as the terms say; new ones as they are."""
    teller = _Teller(known, owners, today, terms)
    report = teller.report(data)
    gone = missing(known, set(owners.keys()), terms.follows) if terms.follows else iter(())
    return Told(report, teller.changes, (*teller.differences, *gone))


class _Teller:
    def __init__(self, known: Known, owners: Owners, today: date, terms: Terms) -> None:
        self._known, self._owners, self._today, self._terms = known, owners, today, terms
        self.changes: dict[RowKey, Change] = {}
        self.differences: list[Difference] = []

    def report(self, data: OpenData) -> OpenData:
        keys = self._owners.keys()
        return OpenData(
            tuple(
                self._tell(each, keys, by_hand=self._agreement_by_hand(each.row)) for each in data.agreements
            ),
            tuple(
                self._tell(each, keys, by_hand=self._obligation_by_hand(each.row))
                for each in data.contributions
            ),
            tuple(self._tell(each, keys, by_hand=False) for each in data.transactions),
        )

    def _tell(self, reading: Reading[Row], keys: Iterator[RowKey], *, by_hand: bool) -> Reading[Row]:
        key = next(keys)
        if not reading.is_taken:
            return reading
        content = self._known.contents.get(key)
        if content is None:
            self._add_new(reading, key[1])
            return reading.noting(officers_stands(key[2])) if by_hand else reading
        if dict(reading.row.content) == dict(content):
            return reading.noting(known_already(key[2]))
        change = find_change(reading.dataset, reading.row, content, today=self._today)
        return (
            reading.noting(known_already(key[2])) if change is None else self._changed(reading, key, change)
        )

    def _add_new(self, reading: Reading[Row], owner: str) -> None:
        if owner in self._known.reported:
            kind, reference = DifferenceKind.ADDED, reading.row.reference
            self.differences.append(Difference(kind=kind, dataset=reading.dataset, reference=reference))

    def _changed(self, reading: Reading[Row], key: RowKey, change: Change) -> Reading[Row]:
        self.differences += change.fields
        if not self._terms.takes_changes:
            return reading.noting(changed_since(key[2]))
        if change.names & PARENTS:
            return reading.noting(moved_elsewhere(key[2]))
        self.changes[key] = change
        said = ", ".join(f"{each.field} from “{each.before}” to “{each.after}”" for each in change.fields)
        return reading.noting(taken_anew(key[2], said))

    def _agreement_by_hand(self, row: ReportedAgreement) -> bool:
        return (row.organisation or "", row.reference) in self._known.agreements

    def _obligation_by_hand(self, row: ReportedContribution) -> bool:
        reference = row.agreement_reference
        agreement = self._known.agreements.get((self._owners.agreement(reference), reference))
        return agreement is not None and row.reference in agreement.obligations
