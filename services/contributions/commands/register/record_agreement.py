"""An officer enters an agreement."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.register import facts
from services.contributions.domain.register.agreement import Agreement, AgreementKind, Developer
from services.contributions.domain.register.agreement import record_agreement as checked
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.wards import Wards
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAgreement:
    """Enter a deed in the register; without a name people know it by its planning application."""

    agreement_id: UUID
    organisation: str
    reference: str
    planning_application: str
    kind: AgreementKind
    deed_on: date
    name: str | None = None
    document_url: str | None = None
    site_address: str | None = None
    ward: str | None = None
    developer: Developer | None = None


async def record_agreement(command: RecordAgreement, uow: UnitOfWork) -> Recorded:
    """Refuses by field what a form must not take, and a reference that is there already."""
    draft = Agreement(
        id=command.agreement_id,
        reference=command.reference.strip(),
        name=command.name or _usual_name(command),
        planning_application=command.planning_application.strip(),
        organisation=command.organisation,
        kind=command.kind,
        deed_on=command.deed_on,
        document_url=command.document_url or None,
        site_address=command.site_address,
        ward=command.ward,
        developer=command.developer,
    )
    wards = await Wards(uow).in_force(draft.organisation, draft.deed_on)
    agreement = checked(draft, wards=wards, today=uow.today)
    agreements = Agreements(uow)
    await agreements.lock_register()
    await agreements.add(agreement)
    fact = facts.agreement_recorded(agreement, ward_edition=wards.edition_name)
    uow.record(fact, sequence=agreement.version)
    return Recorded(agreement.id, agreement.version)


def _usual_name(command: RecordAgreement) -> str:
    """The planning application, made fit for a name: what is wrong with it is said of its own field."""
    return "".join(filter(str.isprintable, command.planning_application)).strip()[:200] or "unnamed"
