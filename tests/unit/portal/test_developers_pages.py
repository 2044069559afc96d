"""The pages for developers say what the documents say, without a database."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from services.portal.public.developers.documents import SERVICES, document
from services.portal.public.developers.fields import Field, parts, said
from tests.architecture.test_routes import application
from tests.support.portal import words


@pytest.fixture
async def client() -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=application("portal"))
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as opened:
        yield opened


async def read(client: httpx2.AsyncClient, path: str) -> str:
    answer = await client.get(path)
    assert answer.status_code == 200, path
    return words(answer)


async def test_the_overview_leads_to_every_service_and_to_the_events(client: httpx2.AsyncClient) -> None:
    page = (await client.get("/developers")).text

    for address in (*(f"/developers/{service}" for service in SERVICES), "/developers/events"):
        assert f'href="{address}"' in page


async def test_the_events_are_told_by_topic_with_who_acts_on_them(client: httpx2.AsyncClient) -> None:
    page = await read(client, "/developers/events")

    assert "contributions.pot Keyed by pot_id. 12 partitions. Published by contributions" in page
    assert "pot.opened.v1 Money was received and may be granted" in page


async def test_an_event_is_told_with_its_fields_units_and_an_example(client: httpx2.AsyncClient) -> None:
    page = await read(client, "/developers/events/savings.verified.v1")

    assert "Topic monitoring.project Key application_id Published by monitoring" in page
    assert "avoided_kwh decimal number as text kWh yes" in page
    assert "confidence_percent whole number per cent yes" in page
    assert '"factor_edition": "2025"' in page


async def test_a_service_is_told_with_its_operations_and_who_may_use_them(client: httpx2.AsyncClient) -> None:
    page = await read(client, "/developers/contributions")

    assert "Approve a payment that somebody else asked for POST /payments/{payment_id}/approve" in page
    assert "For people with the role payment approver." in page
    assert "Idempotency-Key header text yes" in page
    assert "409 Conflict" in page


@pytest.mark.parametrize("service", SERVICES)
async def test_every_service_has_its_page_and_its_document(client: httpx2.AsyncClient, service: str) -> None:
    page = await read(client, f"/developers/{service}")
    raw = await client.get(f"/developers/openapi/{service}.json")

    assert raw.headers["content-type"] == "application/json"
    assert raw.json() == document(service)
    assert all(
        operation["summary"] in page for item in raw.json()["paths"].values() for operation in item.values()
    )


@pytest.mark.parametrize(
    "path", ["nobody", "events/pot.closed.v1", "openapi/nobody.json", "openapi/asyncapi.json"]
)
async def test_what_is_not_published_is_not_found(client: httpx2.AsyncClient, path: str) -> None:
    assert (await client.get(f"/developers/{path}")).status_code == 404


def test_fields_are_said_in_words() -> None:
    schema = {
        "title": "Receipt",
        "required": ["amount_pence"],
        "properties": {
            "amount_pence": {"type": "integer", "x-unit": "pence"},
            "paid_on": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
        },
    }

    [part] = parts({"$ref": "#/Receipt"}, {"Receipt": schema})

    assert part.fields == (
        Field("amount_pence", "whole number", "pence", required=True),
        Field("paid_on", "day (YYYY-MM-DD), or nothing", "", required=False),
    )
    assert said({"type": "array", "items": {"enum": ["a", "b"]}}, {}) == "list of: one of “a”, “b”"
