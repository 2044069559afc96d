import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from services.assessment.tables import Base
from tests.support.assessment import decided, put_scores
from tests.support.events import submitted
from tests.support.people import FIRST_ASSESSOR
from tests.support.schema import assert_schema_matches
from tests.support.services import ServiceUnderTest


async def test_the_migrated_schema_is_that_of_the_tables(assessment: ServiceUnderTest) -> None:
    await assert_schema_matches(assessment, Base)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE score SET score = 5",
        "DELETE FROM score",
        "UPDATE decision SET amount_pence = 1",
        "DELETE FROM decision",
        "UPDATE screening_check SET passed = true",
        "UPDATE criterion SET weight_percent = 100",
    ],
)
async def test_the_service_itself_cannot_change_what_stands(
    assessment: ServiceUnderTest, statement: str
) -> None:
    await decided(assessment)

    with pytest.raises(ProgrammingError, match="permission denied"):
        await _execute(assessment, statement)


async def test_the_database_holds_a_score_to_a_declaration_of_no_interest(
    assessment: ServiceUnderTest,
) -> None:
    await assessment.give(submitted())
    await put_scores(assessment, FIRST_ASSESSOR, 5, 4, 3)

    with pytest.raises(IntegrityError, match="score_application_id_assessor_id_has_interest_fkey"):
        await _execute(assessment, "UPDATE interest SET has_interest = true")


async def test_the_database_takes_one_decision_for_an_application(assessment: ServiceUnderTest) -> None:
    await decided(assessment)

    with pytest.raises(IntegrityError, match="decision_pkey"):
        await _execute(
            assessment,
            "INSERT INTO decision (application_id, decided_by, decided_on, reasons, way_forward) "
            "SELECT application_id, decided_by, decided_on, reasons, 'Apply again.' FROM decision",
        )


async def _execute(service: ServiceUnderTest, statement: str) -> None:
    async with service.service.sessions.begin() as session:
        await session.execute(text(statement))
