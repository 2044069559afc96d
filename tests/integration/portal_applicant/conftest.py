"""One council for the tests of a module; each test begins an application of its own in it."""

from collections.abc import AsyncIterator

import pytest

from services.portal.identity.people import SCHOOL_MANAGER
from tests.support.applicant import Applicant, open_the_fund, signed_in
from tests.support.council import Council, council
from tests.support.fund_staff import FundStaff


@pytest.fixture(scope="module")
async def five_services(
    postgres_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Council]:
    async with council(postgres_url, tmp_path_factory.mktemp("files")) as five:
        await open_the_fund(five)
        yield five


@pytest.fixture
async def visitor(five_services: Council) -> AsyncIterator[Applicant]:
    """The hall's secretary, signed in, with nothing begun."""
    someone = await signed_in(five_services)
    yield someone
    await someone.browser.client.aclose()


@pytest.fixture
async def stranger(five_services: Council) -> AsyncIterator[Applicant]:
    """The school's manager, signed in: another applicant."""
    someone = await signed_in(five_services, SCHOOL_MANAGER)
    yield someone
    await someone.browser.client.aclose()


@pytest.fixture
async def applicant(visitor: Applicant) -> Applicant:
    """The hall's secretary with an application begun."""
    await visitor.start()
    return visitor


@pytest.fixture
async def sender(applicant: Applicant) -> Applicant:
    """The hall's secretary, whose application was sent on 1 October 2019."""
    await applicant.answer_everything()
    await applicant.submit()
    return applicant


@pytest.fixture
def staff(five_services: Council, applicant: Applicant) -> FundStaff:
    """The fund's own people, at work on the application."""
    return FundStaff(five_services, applicant.application_id)
