import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from services.monitoring.tables import Base
from tests.support.events import claim_submitted, offer_accepted
from tests.support.monitoring import PROJECT, SAVING, ready_to_verify
from tests.support.people import VERIFIER
from tests.support.schema import assert_schema_matches
from tests.support.services import ServiceUnderTest


async def test_the_migrated_schema_is_that_of_the_tables(monitoring: ServiceUnderTest) -> None:
    await assert_schema_matches(monitoring, Base)


async def test_the_service_itself_cannot_change_what_stands(monitoring: ServiceUnderTest) -> None:
    await ready_to_verify(monitoring)
    await monitoring.post(f"{PROJECT}/savings", VERIFIER, json=SAVING)

    for statement in (
        "UPDATE reading SET kwh = 0",
        "DELETE FROM reading",
        "UPDATE temperature SET celsius = 0",
        "UPDATE station SET generated = false",
        "UPDATE readings_import SET supplied_by = meter_id",
        "UPDATE baseline SET model = '{}'",
        "UPDATE boundary SET complete = true",
        "UPDATE saving SET saved_kg_co2e = 1000000",
        "DELETE FROM saving",
        "UPDATE promised_measure SET promised_kwh = 1",
        "UPDATE stated_energy SET kwh = 1",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"):
            await _execute(monitoring, statement)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE claim SET verified_on = claimed_on", "claim_verified_wholly"),
        (
            "UPDATE claim SET verified_on = claimed_on, verifier_id = claimant_id, finding = 'Done.'",
            "claim_check",
        ),
        ("UPDATE project SET completed_on = accepted_on - 1", "project_check"),
    ],
)
async def test_the_database_forbids_what_the_rules_forbid(
    monitoring: ServiceUnderTest, statement: str, constraint: str
) -> None:
    await monitoring.give(offer_accepted(), claim_submitted())

    with pytest.raises(IntegrityError, match=constraint):
        await _execute(monitoring, statement)


async def test_a_reading_is_held_to_an_import_of_its_own_meter(monitoring: ServiceUnderTest) -> None:
    await ready_to_verify(monitoring)

    with pytest.raises(IntegrityError, match="reading_import_id_meter_id_fkey"):
        await _execute(
            monitoring,
            "INSERT INTO reading SELECT gen_random_uuid(), day, kwh, import_id FROM reading LIMIT 1",
        )


async def _execute(service: ServiceUnderTest, statement: str) -> None:
    async with service.service.sessions.begin() as session:
        await session.execute(text(statement))
