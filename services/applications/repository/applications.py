"""Applications with their answers, and the grants that came of them, as rows."""

from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from services.applications.domain.application import Application
from services.applications.domain.grant import Grant
from services.applications.domain.sections import SectionName
from services.applications.repository.funds import Funds
from services.applications.repository.organisations import Organisations
from services.applications.repository.rows import ADAPTERS, answers_of, insert_new
from services.applications.tables import ApplicationRow, OfferRow, ReferenceCounterRow, SectionRow
from shared.errors import NotFound
from shared.events.applications import ApplicationSubmitted
from shared.messaging import UnitOfWork


def no_application() -> NotFound:
    """The same answer for what is not there and for what is another organisation's."""
    return NotFound("application.not_found", "There is no such application among yours.")


class Applications:
    """Applications with their answers, and the grants that came of them."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._session = uow.session
        self._uow = uow

    async def get(self, application_id: UUID) -> Application:
        """The application, its row locked until the transaction ends: its writers take turns."""
        row = await self._session.get(ApplicationRow, application_id, with_for_update=True)
        if row is None:
            raise no_application()
        sections = await self._session.execute(
            select(SectionRow.section, SectionRow.answers).where(SectionRow.application_id == row.id)
        )
        return Application(
            id=row.id,
            reference=row.reference,
            fund=await Funds(self._session).get(row.fund_id),
            organisation=await Organisations(self._session).get(row.organisation_id),
            answers=answers_of((row.section, row.answers) for row in sections),
            version=row.version,
            sequence=row.sequence,
            submission=ApplicationSubmitted.model_validate(row.submission) if row.submission else None,
            grant=await self._grant(row.id),
        )

    async def get_own(self, application_id: UUID) -> Application:
        """The application, if the one who acts belongs to its organisation; NotFound for everybody else."""
        application = await self.get(application_id)
        if UUID(self._uow.actor) not in application.organisation.people:
            raise no_application()
        return application

    async def next_reference(self, year: int) -> str:
        """The next readable reference among applications to funds that opened in the year."""
        statement = insert(ReferenceCounterRow).values(year=year, last=1)
        counted = statement.on_conflict_do_update(
            index_elements=["year"], set_={"last": col(ReferenceCounterRow.last) + 1}
        ).returning(col(ReferenceCounterRow.last))
        number = (await self._session.execute(counted)).scalar_one()
        return f"COF-{year}-{number:04d}"

    async def add(self, application: Application) -> bool:
        """Keep a new draft; false where its id is taken."""
        row = ApplicationRow(
            id=application.id,
            reference=application.reference,
            fund_id=application.fund.id,
            organisation_id=application.organisation.id,
            version=application.version,
            sequence=application.sequence,
            started_at=self._uow.now,
        )
        return await insert_new(self._session, row)

    async def save_section(self, application: Application, name: SectionName) -> None:
        """Keep the draft's new version and the answers of the section that changed."""
        section = application.answers.section(name)
        assert section is not None, "only a section that was just answered is saved"
        values = {
            "answers": ADAPTERS[name].dump_python(section, mode="json"),
            "saved_at": self._uow.now,
            "saved_by": self._uow.actor,
        }
        statement = insert(SectionRow).values(application_id=application.id, section=name, **values)
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=["application_id", "section"], set_=values)
        )
        await self._update(application, version=application.version)

    async def save_submission(self, application: Application, sent: ApplicationSubmitted) -> None:
        """Keep what was sent, for good."""
        await self._update(
            application,
            sequence=application.sequence,
            submitted_on=sent.submitted_on,
            submission=sent.model_dump(mode="json"),
        )

    async def save_grant(self, application: Application) -> None:
        """Keep the grant as it stands now."""
        grant = application.grant
        assert grant is not None, "only an application that was offered a grant has one"
        changing = {
            "accepted_on": grant.accepted_on,
            "declined_on": grant.declined_on,
            "claimed_pence": grant.claimed_pence,
        }
        statement = insert(OfferRow).values(
            application_id=application.id,
            award_id=grant.award_id,
            amount_pence=grant.amount_pence,
            decided_on=grant.decided_on,
            **changing,
        )
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=["application_id"], set_=changing)
        )
        await self._update(application, sequence=application.sequence)

    async def _update(self, application: Application, **values: Any) -> None:
        statement = update(ApplicationRow).where(col(ApplicationRow.id) == application.id).values(**values)
        await self._session.execute(statement.execution_options(synchronize_session=False))

    async def _grant(self, application_id: UUID) -> Grant | None:
        row = await self._session.get(OfferRow, application_id)
        if row is None:
            return None
        return Grant(
            award_id=row.award_id,
            amount_pence=row.amount_pence,
            decided_on=row.decided_on,
            accepted_on=row.accepted_on,
            declined_on=row.declined_on,
            claimed_pence=row.claimed_pence,
        )
