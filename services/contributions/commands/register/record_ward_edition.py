"""An officer or fund manager enters a dated edition of wards."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.register.wards import Ward, WardEdition, record_edition
from services.contributions.repository.wards import Wards
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded

FIRST = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWardEdition:
    """The wards of an organisation from a day on; deeds signed from then on name these."""

    edition_id: UUID
    organisation: str
    name: str
    valid_from: date
    source: str
    wards: tuple[Ward, ...]


async def record_ward_edition(command: RecordWardEdition, uow: UnitOfWork) -> Recorded:
    """Refuses by field and ward; deeds recorded before keep the wards they were recorded with."""
    edition = WardEdition(
        id=command.edition_id,
        organisation=command.organisation,
        name=command.name.strip(),
        valid_from=command.valid_from,
        source=command.source.strip(),
        wards=tuple(Ward(ward.code.strip(), ward.name.strip()) for ward in command.wards),
    )
    await Wards(uow).add(record_edition(edition, today=uow.today))
    return Recorded(edition.id, FIRST)
