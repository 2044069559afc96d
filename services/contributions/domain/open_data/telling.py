"""Which rows of a file are new to the books: said of each row before anything is changed."""

from services.contributions.domain.open_data.known import Known, RowKey
from services.contributions.domain.open_data.notes import changed_since, known_already, officers_stands
from services.contributions.domain.open_data.owners import Owners
from services.contributions.domain.open_data.reading import OpenData
from services.contributions.domain.open_data.rows import (
    Reading,
    ReportedAgreement,
    ReportedContribution,
    Row,
)


def tell_new_from_known(data: OpenData, known: Known, owners: Owners) -> OpenData:
    """The report with known rows as repeated and changed ones as refused; new ones stay as they are."""
    keys = owners.keys()
    return OpenData(
        tuple(
            _tell(reading, next(keys), known, by_hand=_agreement_by_hand(reading.row, known))
            for reading in data.agreements
        ),
        tuple(
            _tell(reading, next(keys), known, by_hand=_obligation_by_hand(reading.row, known, owners))
            for reading in data.contributions
        ),
        tuple(_tell(reading, next(keys), known, by_hand=False) for reading in data.transactions),
    )


def _tell(reading: Reading[Row], key: RowKey, known: Known, *, by_hand: bool) -> Reading[Row]:
    if not reading.is_taken:
        return reading
    content = known.contents.get(key)
    if content is None:
        return reading.noting(officers_stands(key[2])) if by_hand else reading
    same = dict(reading.row.content) == dict(content)
    return reading.noting(known_already(key[2]) if same else changed_since(key[2]))


def _agreement_by_hand(row: ReportedAgreement, known: Known) -> bool:
    return (row.organisation or "", row.reference) in known.agreements


def _obligation_by_hand(row: ReportedContribution, known: Known, owners: Owners) -> bool:
    reference = row.agreement_reference
    agreement = known.agreements.get((owners.agreement(reference), reference))
    return agreement is not None and row.reference in agreement.obligations
