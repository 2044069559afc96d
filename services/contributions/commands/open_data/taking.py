"""What every import does in the end: change register and books as its plan says, in one transaction."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

from services.contributions.domain.ledger import movements
from services.contributions.domain.open_data.adoption import corrected_agreement
from services.contributions.domain.open_data.plan import AgreementChange, ImportPlan, Settled
from services.contributions.domain.open_data.reading import OpenData
from services.contributions.domain.open_data.summary import ImportSummary, summarise
from services.contributions.domain.pots import facts as pot_facts
from services.contributions.domain.pots.correction import Correction
from services.contributions.domain.record_keeping.mode import RecordKeeping
from services.contributions.domain.register import facts
from services.contributions.domain.register.agreement import Agreement
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.books import Books, cause_id
from services.contributions.repository.imports import Imports
from services.contributions.repository.pots import Pots
from services.contributions.repository.record_keepings import RecordKeepings
from services.contributions.repository.versions import Versions
from services.contributions.repository.wards import Wards
from shared.events.contributions import AgreementRecorded, ObligationRecorded, ObligationSecured
from shared.messaging import UnitOfWork

FIRST = 1
SAYS_OTHERWISE = "A later file of the council's own records says otherwise."
LESS_REPORTED = "A later export of the council's own records reports less."
AgreementFact = AgreementRecorded | ObligationRecorded | ObligationSecured


async def take(import_id: UUID, data: OpenData, plan: ImportPlan, uow: UnitOfWork) -> ImportSummary:
    """Add agreements, obligations and pots of what is left; the caller holds the lock on the register."""
    imports = Imports(uow)
    summary = summarise(import_id, plan)
    await imports.add(import_id, plan, data, summary.as_json())
    versions = {change.agreement_id: await _record(change, uow) for change in plan.changes}
    await imports.save_versions(versions)
    await _open_pots(plan, uow)
    await _correct_balances(plan, uow)
    return summary


async def _record(change: AgreementChange, uow: UnitOfWork) -> int:
    """Publish what a change makes known, and answer the version that the agreement has then."""
    version = change.version
    for fact in _facts(change):
        version += 1
        uow.record(fact, sequence=version)
    if change.corrected is None and not change.corrected_obligations:
        return version
    return (await _correct(change, version, uow)).version


async def _correct(change: AgreementChange, version: int, uow: UnitOfWork) -> Agreement:
    """Put right what a later file says otherwise; what stood before is kept whole."""
    agreements, corrections = Agreements(uow), dict(change.corrected_obligations)
    loaded = await agreements.load(change.agreement_id)
    agreement = replace(corrected_agreement(loaded, change.corrected, corrections), version=version)
    if change.corrected is not None:
        agreement = await _correct_agreement(agreement.next(), uow)
    for obligation_id in corrections:
        agreement = await _correct_obligation(agreement.next(), obligation_id, uow)
    return agreement


async def _correct_agreement(agreement: Agreement, uow: UnitOfWork) -> Agreement:
    versions, correction_id = Versions(uow), uuid4()
    await versions.keep_agreement(agreement.id, until=agreement.version)
    await Agreements(uow).save(agreement)
    await versions.add_correction(correction_id, agreement, SAYS_OTHERWISE)
    wards = await Wards(uow).in_force(agreement.organisation, agreement.in_force_from)
    fact = facts.agreement_corrected(agreement, correction_id, ward_edition=wards.edition_name)
    uow.record(fact, sequence=agreement.version)
    return agreement


async def _correct_obligation(agreement: Agreement, obligation_id: UUID, uow: UnitOfWork) -> Agreement:
    versions, correction_id = Versions(uow), uuid4()
    await versions.keep_obligation(obligation_id, until=agreement.version)
    await Agreements(uow).save_obligation(agreement, obligation_id)
    await versions.add_correction(correction_id, agreement, SAYS_OTHERWISE)
    fact = facts.obligation_corrected(agreement.id, agreement.obligation(obligation_id), correction_id)
    uow.record(fact, sequence=agreement.version)
    return agreement


def _facts(change: AgreementChange) -> Iterator[AgreementFact]:
    agreement_id = change.agreement_id
    if change.new is not None:
        yield facts.agreement_recorded(change.new)
    for obligation in change.obligations:
        yield facts.obligation_recorded(agreement_id, obligation)
        if obligation.trigger_met_on is not None:
            yield facts.obligation_secured(agreement_id, obligation.id, obligation.trigger_met_on)
    for obligation_id, met_on in change.secured:
        yield facts.obligation_secured(agreement_id, obligation_id, met_on)


async def _correct_balances(plan: ImportPlan, uow: UnitOfWork) -> None:
    less = [(each, pot, pence) for each in plan.settled for pot, pence in each.less]
    corrections = [
        Correction(
            id=uuid4(),
            pot_id=pot.id,
            version=pot.version + 1,
            amount_pence=pence,
            corrected_on=uow.today,
            reason=LESS_REPORTED,
        )
        for _, pot, pence in less
    ]
    await Pots(uow).correct(corrections)
    moved = [
        movements.for_correction(
            pot.id, pence, cause_id=cause_id(uow), source=settled.position.agreement_reference
        )
        for settled, pot, pence in less
    ]
    await Books(uow).post(moved, happened_on=uow.today)
    for each in corrections:
        uow.record(pot_facts.balance_corrected(each), sequence=each.version)


async def _open_pots(plan: ImportPlan, uow: UnitOfWork) -> None:
    pots = [(each, each.pot) for each in plan.settled if each.pot is not None]
    if not pots:
        return
    books, cause = Books(uow), cause_id(uow)
    await books.open([pot for _, pot in pots], opened_by="import")
    opened = [
        movements.for_opening_balance(pot, cause_id=cause, source=each.position.agreement_reference)
        for each, pot in pots
    ]
    await books.post(opened, happened_on=None)
    keepings = {pot.organisation: await RecordKeepings(uow).of(pot.organisation) for _, pot in pots}
    for each, pot in pots:
        _record_pot(each, keepings[pot.organisation], uow)


def _record_pot(settled: Settled, keeping: RecordKeeping, uow: UnitOfWork) -> None:
    assert settled.pot is not None
    fact = pot_facts.pot_opened(
        settled.pot,
        agreement_id=settled.agreement_id,
        reference=settled.position.contribution_reference,
        opened_by="import",
        keeping=keeping,
    )
    uow.record(fact, sequence=FIRST)
