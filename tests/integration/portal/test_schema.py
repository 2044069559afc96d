"""What the migration makes is what tables.py says."""

from services.portal.tables import Base
from tests.support.portal import PortalUnderTest
from tests.support.schema import assert_schema_matches


async def test_the_migrated_database_is_what_the_tables_say(portal: PortalUnderTest) -> None:
    await assert_schema_matches(portal, Base)
