"""An officer imports the three open-data files of a council, in one transaction."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.ledger import movements
from services.contributions.domain.open_data.notes import Dataset
from services.contributions.domain.open_data.plan import AgreementChange, ImportPlan, Settled, plan_import
from services.contributions.domain.open_data.reading import OpenData, read_open_data
from services.contributions.domain.open_data.summary import ImportSummary, summarise
from services.contributions.domain.pots import facts as pot_facts
from services.contributions.domain.register import facts
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.books import Books, cause_id
from services.contributions.repository.imports import Imports
from shared.errors import Invalid, Problem
from shared.events.contributions import AgreementRecorded, ObligationRecorded, ObligationSecured
from shared.messaging import UnitOfWork

FIRST = 1
FILES = {
    Dataset.AGREEMENT: "agreements",
    Dataset.CONTRIBUTION: "contributions",
    Dataset.TRANSACTION: "transactions",
}
AgreementFact = AgreementRecorded | ObligationRecorded | ObligationSecured


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOpenData:
    """Take what three files say, as reported; known rows change nothing."""

    import_id: UUID
    agreements: bytes
    contributions: bytes
    transactions: bytes


async def import_open_data(command: ImportOpenData, uow: UnitOfWork) -> ImportSummary:
    """Adds agreements, obligations and pots of what is left, in one go; refuses unreadable files by name."""
    data = await asyncio.to_thread(_read, command, uow.today)
    agreements, imports = Agreements(uow), Imports(uow)
    await agreements.lock_register()
    known = await imports.known(data)
    plan = await asyncio.to_thread(plan_import, data, known, today=uow.today)
    summary = summarise(command.import_id, plan)
    await imports.add(command.import_id, plan, data, summary.as_json())
    versions = {change.agreement_id: _record(change, uow) for change in plan.changes}
    await imports.save_versions(versions)
    await _open_pots(plan, uow)
    return summary


def _read(command: ImportOpenData, today: date) -> OpenData:
    files = (command.agreements, command.contributions, command.transactions)
    try:
        return read_open_data(*files, today=today)
    except Invalid as error:
        problems = [Problem(FILES[Dataset(each.field)], each.message) for each in error.problems]
        raise Invalid(error.code, error.message, problems=problems) from error


def _record(change: AgreementChange, uow: UnitOfWork) -> int:
    """Publish what a change makes known, and answer the version that the agreement has then."""
    version = change.version
    for fact in _facts(change):
        version += 1
        uow.record(fact, sequence=version)
    return version


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
    for each, _ in pots:
        _record_pot(each, uow)


def _record_pot(settled: Settled, uow: UnitOfWork) -> None:
    assert settled.pot is not None
    fact = pot_facts.pot_opened(
        settled.pot,
        agreement_id=settled.agreement_id,
        reference=settled.position.contribution_reference,
        opened_by="import",
    )
    uow.record(fact, sequence=FIRST)
