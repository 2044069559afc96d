"""Builders of what the assessment service publishes."""

from datetime import date
from decimal import Decimal
from typing import Any

from shared.events import assessment
from tests.support.events.ids import (
    APPLICATION_ID,
    AWARD_ID,
    BUNHILL,
    FUND_ID,
    GREEN,
    ISLINGTON,
    REQUESTED_PENCE,
    made,
)
from tests.support.people import FIRST_ASSESSOR


def screened(**changes: Any) -> assessment.ApplicationScreened:
    check = assessment.ScreeningCheck(
        rule="ward", passed=True, explanation="The building is in the fund's area."
    )
    return made(
        assessment.ApplicationScreened,
        changes,
        application_id=APPLICATION_ID,
        eligible=True,
        checks=(check,),
    )


def interest_declared(**changes: Any) -> assessment.InterestDeclared:
    return made(
        assessment.InterestDeclared,
        changes,
        application_id=APPLICATION_ID,
        assessor_id=FIRST_ASSESSOR.id,
        has_interest=False,
    )


def scored(**changes: Any) -> assessment.ApplicationScored:
    return made(
        assessment.ApplicationScored,
        changes,
        application_id=APPLICATION_ID,
        assessor_id=FIRST_ASSESSOR.id,
        scored_count=1,
    )


def awarded(**changes: Any) -> assessment.GrantAwarded:
    return made(
        assessment.GrantAwarded,
        changes,
        application_id=APPLICATION_ID,
        award_id=AWARD_ID,
        fund_id=FUND_ID,
        organisation=ISLINGTON,
        purposes=(GREEN,),
        ward=BUNHILL,
        amount_pence=REQUESTED_PENCE,
        decided_on=date(2019, 11, 14),
        reasons="Saves much carbon for the money and keeps a well-used hall warm.",
        weighted_score=Decimal("82.00"),
    )


def declined(**changes: Any) -> assessment.ApplicationDeclined:
    return made(
        assessment.ApplicationDeclined,
        changes,
        application_id=APPLICATION_ID,
        decided_on=date(2019, 11, 14),
        reasons="The quotes do not cover the works that are described.",
        way_forward="Ask the installers for quotes of the same works and apply again.",
    )
