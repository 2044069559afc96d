"""A fund manager decides where the record of an organisation lives."""

from dataclasses import dataclass
from datetime import date

from services.contributions.domain.record_keeping.mode import Mode, RecordKeeping, decide
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.import_drafts import ImportDrafts
from services.contributions.repository.record_keepings import RecordKeepings
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRecordKeeping:
    """From now on the record is made here, or follows the exports of the named system."""

    organisation: str
    mode: Mode
    system_of_record: str | None = None
    records_begin_on: date | None = None
    kept_before_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingIs:
    """Where the record of an organisation lives now."""

    organisation: str
    mode: Mode


async def decide_record_keeping(command: DecideRecordKeeping, uow: UnitOfWork) -> KeepingIs:
    """Refuses by field what cannot be so; open previews are worked out anew."""
    keeping = decide(
        RecordKeeping(
            organisation=command.organisation,
            mode=command.mode,
            system_of_record=command.system_of_record,
            records_begin_on=command.records_begin_on,
            kept_before_in=command.kept_before_in,
        ),
        today=uow.today,
    )
    await Agreements(uow).lock_register()
    await RecordKeepings(uow).add(keeping)
    await ImportDrafts(uow).read_all_again(keeping.organisation)
    return KeepingIs(organisation=keeping.organisation, mode=keeping.mode)
