"""What all builders of events share: the ids of one grant's life, and how changes are taken."""

from typing import Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import BaseModel

T = TypeVar("T", bound=BaseModel)


def an_id(name: str) -> UUID:
    """The same id for the same name."""
    return uuid5(NAMESPACE_URL, f"offset-fund-test:{name}")


APPLICATION_ID = an_id("application")
FUND_ID = an_id("fund")
ORGANISATION_ID = an_id("organisation")
MEASURE_ID = an_id("measure")
AWARD_ID = an_id("award")
CLAIM_ID = an_id("claim")
PAYMENT_ID = an_id("payment")
AGREEMENT_ID = an_id("agreement")
OBLIGATION_ID = an_id("obligation")
DEMAND_ID = an_id("demand")
POT_ID = an_id("pot")
METER_ID = an_id("meter")
SAVING_ID = an_id("saving")
ISLINGTON = "local-authority-eng:ISL"
GREEN = "green-infrastructure"
BUNHILL = "E05013699"
HILLRISE = "E05013704"
REQUESTED_PENCE = 30_000_00
EDITION = "UK Government GHG Conversion Factors for Company Reporting 2019, version 1.3"


def made(kind: type[T], changes: dict[str, Any], /, **values: Any) -> T:
    """One event or part of these values and changes; a change of an unknown field is a slip of the test."""
    unknown = changes.keys() - kind.model_fields.keys()
    assert not unknown, f"{kind.__name__} has no {unknown}"
    return kind.model_validate({**values, **changes})
