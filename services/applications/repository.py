"""Rows to domain and back: the only place that knows both."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import func, literal, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col, select

from services.applications.domain.application import Application
from services.applications.domain.evidence import Evidence
from services.applications.domain.fund import Fund
from services.applications.domain.grant import Claim, Grant
from services.applications.domain.organisation import Contact, Organisation
from services.applications.domain.sections import SECTIONS, Answers, Section, SectionName
from services.applications.tables import (
    ApplicationRow,
    ClaimEvidenceRow,
    ClaimRow,
    ContactRow,
    EvidenceRow,
    FundRow,
    MemberRow,
    OfferRow,
    OrganisationRow,
    ReferenceCounterRow,
    SectionRow,
)
from shared.errors import NotFound
from shared.events.applications import ApplicationSubmitted, FundTerms
from shared.messaging import UnitOfWork

ADAPTERS: dict[SectionName, TypeAdapter[Any]] = {name: TypeAdapter(kind) for name, kind in SECTIONS.items()}


def answers_of(rows: Iterable[tuple[str, dict[str, Any]]]) -> Answers:
    """The answers that section rows (name, answers) hold."""
    answers = Answers()
    for name, stored in rows:
        answers = answers.with_section(ADAPTERS[SectionName(name)].validate_python(stored))
    return answers


async def insert_new(session: AsyncSession, row: SQLModel) -> bool:
    """Add a row; false, and nothing done, where one of its id is there already."""
    statement = insert(type(row)).values(row.model_dump()).on_conflict_do_nothing().returning(literal(1))
    return (await session.execute(statement)).one_or_none() is not None


class Funds:
    """Funds of this service."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, fund_id: UUID) -> Fund:
        """The fund of that id, or NotFound."""
        row = await self._session.get(FundRow, fund_id)
        if row is None:
            raise NotFound("fund.not_found", "There is no such fund. Choose one from the list.")
        return Fund(row.id, row.opens_on, FundTerms.model_validate(row.terms))

    async def add(self, fund: Fund) -> bool:
        """Keep a new fund; false where its id is taken."""
        terms = fund.terms.model_dump(mode="json")
        return await insert_new(self._session, FundRow(id=fund.id, opens_on=fund.opens_on, terms=terms))


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
        """Keep a new organisation, its people and, apart from both, its contact; false where the id is taken."""
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
            answers=answers_of(sections.tuples()),
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
        return row and Grant(
            award_id=row.award_id,
            amount_pence=row.amount_pence,
            decided_on=row.decided_on,
            accepted_on=row.accepted_on,
            declined_on=row.declined_on,
            claimed_pence=row.claimed_pence,
        )


class Claims:
    """Claims and the evidence behind them."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._session = uow.session
        self._uow = uow

    async def add(self, application_id: UUID, claim: Claim) -> bool:
        """Keep a new claim with its evidence; false where its id is taken."""
        row = ClaimRow(
            id=claim.id,
            application_id=application_id,
            claimant_id=UUID(self._uow.actor),
            milestone=claim.milestone,
            amount_pence=claim.amount_pence,
            claimed_on=claim.claimed_on,
        )
        if not await insert_new(self._session, row):
            return False
        for evidence_id in dict.fromkeys(claim.evidence_ids):
            await insert_new(self._session, ClaimEvidenceRow(claim_id=claim.id, evidence_id=evidence_id))
        return True

    async def evidence_of(self, application_id: UUID) -> frozenset[UUID]:
        """The ids of all files that were sent for the application."""
        ids = select(EvidenceRow.id).where(EvidenceRow.application_id == application_id)
        return frozenset((await self._session.execute(ids)).scalars())

    async def add_evidence(self, evidence: Evidence) -> bool:
        """Keep what is known of a file; false where its id is taken."""
        row = EvidenceRow(
            id=evidence.id,
            application_id=evidence.application_id,
            sha256=evidence.sha256,
            content_type=evidence.content_type,
            size_bytes=evidence.size_bytes,
            display_name=evidence.display_name,
            sent_by=self._uow.actor,
            sent_at=self._uow.now,
        )
        return await insert_new(self._session, row)

    async def note(self, claim_id: UUID, **facts: Any) -> None:
        """Keep what another service says of a claim: when it was verified, or when and how paid."""
        statement = update(ClaimRow).where(col(ClaimRow.id) == claim_id).values(**facts)
        noted = await self._session.execute(
            statement.returning(func.count()).execution_options(synchronize_session=False)
        )
        if noted.one_or_none() is None:
            raise NotFound("claim.not_found", f"There is no claim {claim_id}.")
