"""The page of all pages: whatever it offers a person opens, and nobody is offered what is closed to them."""

import pytest

from services.portal.identity import people
from services.portal.identity.people import Person
from services.portal.officer.directory.contents import SECTIONS
from tests.support.council import Council
from tests.support.officer import signed_in

WORKERS = (
    people.OFFICER,
    people.FUND_MANAGER,
    people.PAYMENT_REQUESTER,
    people.PAYMENT_APPROVER,
    people.AUDITOR,
    people.VERIFIER,
)


@pytest.mark.parametrize("person", WORKERS, ids=lambda person: person.name)
async def test_what_all_pages_offers_opens_and_what_it_leaves_out_does_not(
    council: Council, person: Person
) -> None:
    async with signed_in(council, person) as browser:
        shown = await browser.open("/officer/all-pages")
        assert shown.status_code == 200
        for entry in (entry for section in SECTIONS for entry in section.entries):
            offered = f'href="{entry.href}"' in shown.text.split("<main", 1)[1]
            answer = await browser.open(entry.href)
            assert answer.status_code == (200 if offered else 403), entry.href
