"""Save one section of a draft."""

from dataclasses import dataclass
from uuid import UUID

from services.applications.domain.sections import Section
from services.applications.repository import Applications
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveSection:
    """The answers of one section, given on the draft as it was at `version`."""

    application_id: UUID
    version: int
    section: Section


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft's new version, which the next save must name."""

    id: UUID
    version: int
    sequence: int


async def save_section(command: SaveSection, uow: UnitOfWork) -> Saved:
    """Replace the section's answers, unless they are wrong or somebody else came first."""
    applications = Applications(uow)
    draft = await applications.get_own(command.application_id)
    saved = draft.save_section(command.section, version=command.version, today=uow.today)
    await applications.save_section(saved, command.section.section)
    return Saved(saved.id, saved.version, saved.sequence)
