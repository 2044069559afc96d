"""The fund manager enters a price policy, or the version that follows."""

from dataclasses import dataclass, replace

from services.contributions.domain.pricing import facts
from services.contributions.domain.pricing.policy import PricePolicy, first_version, next_version
from services.contributions.repository.pricing import Pricing
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPricePolicy:
    """A new policy with its first version."""

    policy: PricePolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPolicyVersion:
    """A version that ends the newest one; its organisation and name are that one's."""

    policy: PricePolicy


async def record_price_policy(command: RecordPricePolicy, uow: UnitOfWork) -> Recorded:
    """Refuses by field what its basis needs or does not use, and a name that is there already."""
    draft = command.policy
    return await _keep(first_version(replace(draft, name=draft.name.strip())), uow)


async def record_policy_version(command: RecordPolicyVersion, uow: UnitOfWork) -> Recorded:
    """Refuses a version that does not begin later than the newest; what was worked out stays as it is."""
    newest = await Pricing(uow.session).newest_policy(command.policy.policy_id)
    return await _keep(next_version(newest, command.policy), uow)


async def _keep(policy: PricePolicy, uow: UnitOfWork) -> Recorded:
    await Pricing(uow.session).add_policy(policy, uow)
    uow.record(facts.policy_recorded(policy), sequence=policy.version)
    return Recorded(policy.policy_id, policy.version)
