"""An officer records a deed of variation, which makes a new version of an agreement."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.contributions.domain.register import facts
from services.contributions.domain.register.agreement import Agreement
from services.contributions.domain.register.changes import (
    Variation,
    last_day_of_version,
    refuse_stale,
    vary_obligation,
)
from services.contributions.domain.register.changes import vary_agreement as varied_by
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.versions import Versions
from services.contributions.repository.wards import Wards
from shared.errors import Invalid
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class VariedObligation:
    """The terms of one obligation that the deed changes, by their names."""

    obligation_id: UUID
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class VaryAgreement:
    """Record a deed of variation: what it says of the agreement itself, and of obligations."""

    agreement_id: UUID
    variation: Variation
    changes: Mapping[str, Any]
    obligations: tuple[VariedObligation, ...]
    seen_sequence: int | None = None


async def vary_agreement(command: VaryAgreement, uow: UnitOfWork) -> Recorded:
    """Refuses by field; the version before is kept whole, and obligations that are not named carry over.

    Money received before keeps the limits it came under.
    """
    _refuse_repeats(command.obligations)
    agreements, versions, variation = Agreements(uow), Versions(uow), command.variation
    agreement = await agreements.get(command.agreement_id)
    refuse_stale(agreement, command.seen_sequence)
    wards = await Wards(uow).in_force(agreement.organisation, variation.deed_on)
    varied = varied_by(agreement, variation, command.changes, wards=wards, today=uow.today)
    ended_on = last_day_of_version(variation.deed_on)
    await versions.keep_agreement(agreement.id, until=varied.version, ended_on=ended_on)
    await agreements.save(varied)
    await versions.add_variation(variation, varied)
    fact = facts.agreement_varied(varied, variation, ward_edition=wards.edition_name)
    uow.record(fact, sequence=varied.version)
    for number, each in enumerate(command.obligations):
        known = wards.codes or frozenset(each.changes.get("wards", ()))
        before, varied = (
            varied,
            vary_obligation(
                varied, each.obligation_id, each.changes, known_wards=known, place=f"obligations.{number}."
            ),
        )
        if varied != before:
            await _keep_obligation(varied, each.obligation_id, variation, uow)
    return Recorded(variation.id, varied.version)


async def _keep_obligation(
    varied: Agreement, obligation_id: UUID, variation: Variation, uow: UnitOfWork
) -> None:
    ended_on = last_day_of_version(variation.deed_on)
    await Versions(uow).keep_obligation(obligation_id, until=varied.version, ended_on=ended_on)
    await Agreements(uow).save_obligation(varied, obligation_id)
    fact = facts.obligation_varied(varied.id, varied.obligation(obligation_id), variation)
    uow.record(fact, sequence=varied.version)


def _refuse_repeats(obligations: tuple[VariedObligation, ...]) -> None:
    if len({each.obligation_id for each in obligations}) == len(obligations):
        return
    message = "An obligation is there more than once. Give all that changes of it together."
    raise Invalid("variation.repeats_obligation", message, field="obligations")
