"""Whether an import would still do what its preview showed."""

import hashlib
from collections.abc import Iterator

from services.contributions.domain.open_data.plan import AgreementChange, ImportPlan, Settled


def fingerprint(plan: ImportPlan) -> str:
    """A digest of all that a plan says and does; versions of agreements that it only adds to do not count."""
    digest = hashlib.sha256()
    for part in _parts(plan):
        digest.update(repr(part).encode())
    return digest.hexdigest()


def _parts(plan: ImportPlan) -> Iterator[object]:
    for reading in plan.report.readings:
        notes = [(note.outcome.value, note.field, note.message) for note in reading.notes]
        yield (reading.dataset.value, reading.number, reading.row.content, notes)
    for change in plan.changes:
        yield _change(change)
    for settled in plan.settled:
        yield _settled(settled)


def _change(change: AgreementChange) -> tuple[object, ...]:
    obligations = [str(each.id) for each in change.obligations]
    secured = [(str(obligation_id), str(met_on)) for obligation_id, met_on in change.secured]
    corrected = [str(obligation_id) for obligation_id, _ in change.corrected_obligations]
    return (
        *(str(change.agreement_id), change.new is not None, obligations, secured),
        *(change.corrected is not None, corrected),
    )


def _settled(settled: Settled) -> tuple[object, ...]:
    pence = None if settled.pot is None else settled.pot.received_pence
    position = settled.position
    less = [(str(pot.id), taken_pence) for pot, taken_pence in settled.less]
    return (
        less,
        *(str(settled.obligation_id), settled.exception, pence, position.secured_pence),
        *(position.received_pence, position.allocated_pence, position.transferred_pence),
        *(position.spent_pence, position.returned_pence),
    )
