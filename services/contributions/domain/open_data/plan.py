"""What an import changes in the books, worked out before anything is written."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from services.contributions.domain.open_data.adoption import (
    adopt_agreement,
    adopt_obligation,
    adopt_pot,
    due_on,
)
from services.contributions.domain.open_data.differences import Difference
from services.contributions.domain.open_data.following import Followed, follow
from services.contributions.domain.open_data.known import (
    ImportedPot,
    Known,
    KnownAgreement,
    KnownObligation,
    RowKey,
    imported_id,
)
from services.contributions.domain.open_data.notes import Dataset
from services.contributions.domain.open_data.owners import Owners
from services.contributions.domain.open_data.positions import ExceptionKind, Position, positions, without
from services.contributions.domain.open_data.reading import OpenData, taken
from services.contributions.domain.open_data.rows import (
    ReportedAgreement,
    ReportedContribution,
    ReportedTransaction,
)
from services.contributions.domain.open_data.telling import ONLY_ADDS, Terms, tell_new_from_known
from services.contributions.domain.pots.pot import Pot
from services.contributions.domain.register.agreement import Agreement
from services.contributions.domain.register.obligation import Obligation


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementChange:
    """A new agreement, or what comes to a known one: obligations, triggers that were met, and corrections.

    A correction is the row that says something else than an earlier file did.
    """

    agreement_id: UUID
    version: int
    new: Agreement | None
    obligations: tuple[Obligation, ...]
    secured: tuple[tuple[UUID, date], ...] = ()
    corrected: ReportedAgreement | None = None
    corrected_obligations: tuple[tuple[UUID, ReportedContribution], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A contribution whose position an import moved, and what follows: a pot, an exception or nothing.

    `less` says what is taken out of which imported pots, in pence, where a later file reports less.
    """

    agreement_id: UUID
    obligation_id: UUID
    position: Position
    pot: Pot | None
    exception: ExceptionKind | None
    less: tuple[tuple[ImportedPot, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """The report on every row, what changes in the books, and the sums that these files add."""

    report: OpenData
    changes: tuple[AgreementChange, ...]
    settled: tuple[Settled, ...]
    added: tuple[Position, ...]
    differences: tuple[Difference, ...] = ()
    editions: Mapping[RowKey, int] = field(default_factory=dict)

    @property
    def changes_nothing(self) -> bool:
        """Whether no row counted that did not count before."""
        return not any(reading.is_taken for reading in self.report.readings)


def plan_import(data: OpenData, known: Known, *, today: date, terms: Terms = ONLY_ADDS) -> ImportPlan:
    """Tell new rows from known ones, and say what the new and the changed ones change."""
    return _Planner(data, known, today, terms).plan()


class _Planner:
    def __init__(self, data: OpenData, known: Known, today: date, terms: Terms) -> None:
        self._data, self._known, self._today, self._terms = data, known, today, terms
        self._owners = Owners(data)
        self._told = tell_new_from_known(data, known, self._owners, today=today, terms=terms)
        self._report = self._told.report
        self._changed = frozenset((dataset, reference) for dataset, _, reference in self._told.changes)
        self._agreements = taken(data.agreements)
        self._transactions = _grouped(taken(self._report.transactions).values())

    def plan(self) -> ImportPlan:
        added = without(
            positions(replace(self._data, transactions=self._report.transactions)), self._said_before()
        )
        moved = [position for position in added if position.contribution_reference in self._transactions]
        return ImportPlan(
            report=self._report,
            changes=tuple(self._changes()),
            settled=tuple(self._settle(position) for position in moved),
            added=added,
            differences=self._told.differences,
            editions=self._known.editions,
        )

    def _said_before(self) -> list[ReportedTransaction]:
        """What changed transactions said before: it counts no longer."""
        before = (change.before for change in self._told.changes.values())
        return [row for row in before if isinstance(row, ReportedTransaction)]

    def _changes(self) -> Iterator[AgreementChange]:
        of_agreement: defaultdict[str, list[ReportedContribution]] = defaultdict(list)
        for contribution in taken(self._data.contributions).values():
            of_agreement[contribution.agreement_reference].append(contribution)
        for row in self._agreements.values():
            change = self._change(row, of_agreement[row.reference])
            if change is not None:
                yield change

    def _change(
        self, row: ReportedAgreement, contributions: list[ReportedContribution]
    ) -> AgreementChange | None:
        known = self._agreement(row.reference)
        old = {} if known is None else known.obligations
        obligations = tuple(self._adopt(each) for each in contributions if each.reference not in old)
        if known is not None:
            return self._addition(known, row, obligations, contributions)
        agreement_id = imported_id("agreement", row.organisation or "", row.reference)
        new = adopt_agreement(row, obligations, agreement_id=agreement_id)
        return AgreementChange(agreement_id=agreement_id, version=0, new=new, obligations=obligations)

    def _addition(
        self,
        known: KnownAgreement,
        row: ReportedAgreement,
        obligations: tuple[Obligation, ...],
        contributions: list[ReportedContribution],
    ) -> AgreementChange | None:
        change = AgreementChange(
            agreement_id=known.id,
            version=known.version,
            new=None,
            obligations=obligations,
            secured=tuple(self._secured(known, contributions)),
            corrected=row if (Dataset.AGREEMENT, row.reference) in self._changed else None,
            corrected_obligations=tuple(
                (known.obligations[each.reference].id, each)
                for each in contributions
                if (Dataset.CONTRIBUTION, each.reference) in self._changed
            ),
        )
        nothing = not (obligations or change.secured or change.corrected or change.corrected_obligations)
        return None if nothing else change

    def _adopt(self, row: ReportedContribution) -> Obligation:
        return adopt_obligation(
            row,
            self._transactions.get(row.reference, ()),
            obligation_id=self._obligation_id(row.reference),
            reported_on=self._today,
        )

    def _settle(self, added: Position) -> Settled:
        known = self._obligation(added)
        position = added if known is None or known.position is None else known.position.plus(added)
        reference = added.contribution_reference
        obligation_id = self._obligation_id(reference) if known is None else known.id
        followed = self._follow(position, known, obligation_id)
        return Settled(
            agreement_id=self._agreement_id(added.agreement_reference),
            obligation_id=obligation_id,
            position=position,
            pot=followed.pot,
            exception=followed.exception,
            less=followed.less,
        )

    def _follow(self, position: Position, known: KnownObligation | None, obligation_id: UUID) -> Followed:
        if known is None or not known.pots:
            pot_id = self._pot_id(position.contribution_reference, "")
            pot = adopt_pot(position, pot_id=pot_id, obligation_id=obligation_id)
            return Followed(pot, position.exception)
        if not self._terms.takes_changes:
            agree = position.available_pence == known.pots_received_pence
            return Followed(None, None if agree else ExceptionKind.DIFFERS_FROM_BOOKS)
        pot_id = self._pot_id(position.contribution_reference, f"#{known.pots + 1}")
        return follow(position, known, pot_id=pot_id)

    def _pot_id(self, reference: str, number: str) -> UUID:
        return imported_id("pot", self._owners.contribution(reference), f"{reference}{number}")

    def _secured(
        self, known: KnownAgreement, contributions: list[ReportedContribution]
    ) -> Iterator[tuple[UUID, date]]:
        for row in contributions:
            obligation = known.obligations.get(row.reference)
            rows = self._transactions.get(row.reference, ())
            met_on = due_on(row.reference, rows, reported_on=self._today)
            if obligation is not None and obligation.trigger_met_on is None and met_on is not None:
                yield obligation.id, met_on

    def _obligation_id(self, reference: str) -> UUID:
        return imported_id("obligation", self._owners.contribution(reference), reference)

    def _agreement_id(self, reference: str) -> UUID:
        known = self._agreement(reference)
        return known.id if known else imported_id("agreement", self._owners.agreement(reference), reference)

    def _agreement(self, reference: str) -> KnownAgreement | None:
        return self._known.agreements.get((self._owners.agreement(reference), reference))

    def _obligation(self, position: Position) -> KnownObligation | None:
        agreement = self._agreement(position.agreement_reference)
        return None if agreement is None else agreement.obligations.get(position.contribution_reference)


def _grouped(rows: Iterable[ReportedTransaction]) -> dict[str, list[ReportedTransaction]]:
    grouped: defaultdict[str, list[ReportedTransaction]] = defaultdict(list)
    for row in rows:
        grouped[row.contribution_reference].append(row)
    return dict(grouped)
