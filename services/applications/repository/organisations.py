"""Organisations, the people who act for them and, apart, whom to ask."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.applications.domain.organisation import Contact, Organisation
from services.applications.repository.rows import insert_new
from services.applications.tables import ContactRow, MemberRow, OrganisationRow
from shared.errors import NotFound


class Organisations:
    """Organisations and the people who act for them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, organisation_id: UUID) -> Organisation:
        """The organisation with its people in a fixed order, or NotFound."""
        row = await self._session.get(OrganisationRow, organisation_id)
        if row is None:
            raise _no_organisation()
        people = (
            select(MemberRow.person_id)
            .where(MemberRow.organisation_id == organisation_id)
            .order_by(col(MemberRow.person_id))
        )
        return Organisation(
            id=row.id,
            name=row.name,
            kind=row.kind,
            charity_number=row.charity_number,
            people=tuple((await self._session.execute(people)).scalars()),
        )

    async def get_own(self, organisation_id: UUID, person_id: UUID) -> Organisation:
        """The organisation, if the person acts for it; NotFound for everybody else."""
        organisation = await self.get(organisation_id)
        if person_id not in organisation.people:
            raise _no_organisation()
        return organisation

    async def add(self, organisation: Organisation, contact: Contact) -> bool:
        """Keep a new organisation, its people and its contact; false where the id is taken."""
        row = OrganisationRow(
            id=organisation.id,
            name=organisation.name,
            kind=organisation.kind,
            charity_number=organisation.charity_number,
        )
        if not await insert_new(self._session, row):
            return False
        for person_id in organisation.people:
            await insert_new(self._session, MemberRow(organisation_id=organisation.id, person_id=person_id))
        await insert_new(
            self._session,
            ContactRow(
                organisation_id=organisation.id,
                name=contact.name,
                email=contact.email,
                telephone=contact.telephone,
            ),
        )
        return True


def _no_organisation() -> NotFound:
    message = "There is no such organisation among yours. Choose one from your list."
    return NotFound("organisation.not_found", message)
