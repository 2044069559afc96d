"""An officer enters an obligation of an agreement."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.register import facts
from services.contributions.domain.register.obligation import Obligation
from services.contributions.domain.register.trigger import Trigger, TriggerKind
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.wards import Wards
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordObligation:
    """Enter what a clause secures: a sum in pence, its purpose and limits, and what makes it due."""

    agreement_id: UUID
    obligation_id: UUID
    reference: str
    purpose: str
    amount_pence: int
    trigger: str
    spend_by_months: int | None = None
    wards: tuple[str, ...] = ()
    trigger_kind: TriggerKind = TriggerKind.OTHER
    trigger_dwelling: int | None = None
    trigger_percent: int | None = None
    trigger_on: date | None = None
    clause: str | None = None


async def record_obligation(command: RecordObligation, uow: UnitOfWork) -> Recorded:
    """Refuses an unknown purpose or ward by field; wards are those of the edition the deed was signed under.

    Without an edition they are those that funds named, and free while none has named any.
    """
    agreements = Agreements(uow)
    agreement = await agreements.get(command.agreement_id)
    wards = frozenset(command.wards)
    obligation = Obligation(
        id=command.obligation_id,
        reference=command.reference.strip(),
        purpose=command.purpose,
        amount_pence=command.amount_pence,
        trigger=command.trigger,
        spend_by_months=command.spend_by_months,
        wards=wards,
        due_on=Trigger(
            kind=command.trigger_kind,
            dwelling=command.trigger_dwelling,
            percent=command.trigger_percent,
            on=command.trigger_on,
        ),
        clause=command.clause,
    )
    in_force = await Wards(uow).in_force(agreement.organisation, agreement.in_force_from)
    agreement = agreement.add_obligation(obligation, known_wards=in_force.codes or wards)
    await agreements.add_obligation(agreement, obligation)
    uow.record(facts.obligation_recorded(agreement.id, obligation), sequence=agreement.version)
    return Recorded(obligation.id, agreement.version)
