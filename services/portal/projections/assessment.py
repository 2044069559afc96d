"""What the read model keeps of the assessment service: screened, awarded or declined, and why."""

from functools import singledispatch

from services.portal.projections.columns import Columns
from services.portal.projections.projecting import Rows, fact
from services.portal.tables import ApplicationRow
from shared.events.assessment import (
    ApplicationDeclined,
    ApplicationScored,
    ApplicationScreened,
    GrantAwarded,
    InterestDeclared,
)

EVENTS = (ApplicationScreened, InterestDeclared, ApplicationScored, GrantAwarded, ApplicationDeclined)

SCREENED = Columns(ApplicationRow, ("eligible",), "screened_sequence")
AWARDED = Columns(
    ApplicationRow, ("awarded_pence", "awarded_on", "award_reasons", "weighted_score"), "awarded_sequence"
)
DECLINED = Columns(ApplicationRow, ("declined_on", "decline_reasons", "way_forward"), "declined_sequence")


@singledispatch
def rows(_event: object, _sequence: int) -> Rows:
    """Which columns an event fills; interests and scores are not shown, and fill none."""
    return ()


@rows.register
def _screened(event: ApplicationScreened, sequence: int) -> Rows:
    yield fact(SCREENED, event, sequence)


@rows.register
def _awarded(event: GrantAwarded, sequence: int) -> Rows:
    yield fact(
        AWARDED,
        event,
        sequence,
        awarded_pence=event.amount_pence,
        awarded_on=event.decided_on,
        award_reasons=event.reasons,
    )


@rows.register
def _declined(event: ApplicationDeclined, sequence: int) -> Rows:
    yield fact(DECLINED, event, sequence, declined_on=event.decided_on, decline_reasons=event.reasons)
