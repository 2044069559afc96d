"""The portal under test: its pages as a person's browser sees them, on a fresh database."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any

import asyncpg
import httpx2

from services.portal.main import create
from services.portal.settings import PortalSettings
from tests.support.databases import create_database, drop_database
from tests.support.services import ServiceUnderTest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

    from fastapi import FastAPI

    from services.portal.clients import Transports
    from services.portal.identity.people import Person
    from shared.service import Service

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
TAG = re.compile(r"<[^>]+>")
OWN_TABLES = """
    SELECT quote_ident(tablename) AS name FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'alembic_version'
"""
OWN_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Browser:
    """One person's browser: its cookies, the pages it opens and the forms it sends."""

    client: httpx2.AsyncClient

    async def open(self, path: str, **kwargs: Any) -> httpx2.Response:
        """Open a page; redirects are not followed."""
        return await self.client.get(path, **kwargs)

    async def read(self, path: str) -> str:
        """The words of a page that must be there."""
        answer = await self.open(path)
        assert answer.status_code == 200, (answer.status_code, answer.headers.get("location"))
        return words(answer)

    async def send(
        self,
        page: str,
        fields: Mapping[str, Any],
        *,
        to: str | None = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> httpx2.Response:
        """Open a page, fill its form in and send it, with the hidden fields that the page gave."""
        hidden = hidden_fields(await self.open(page))
        return await self.client.post(to or page, data={**hidden, **fields}, files=files, headers=OWN_ORIGIN)

    async def post(self, path: str, fields: Mapping[str, Any]) -> httpx2.Response:
        """Send a form of a page that is open, whose fields are known."""
        return await self.client.post(path, data=fields, headers=OWN_ORIGIN)

    async def sign_in(self, person: Person, then: str = "") -> httpx2.Response:
        """Sign in as one of the demonstration's people."""
        answer = await self.send("/sign-in", {"person": str(person.id), "next": then})
        assert answer.status_code == 303, words(answer)
        return answer


@dataclass
class PortalUnderTest(ServiceUnderTest):
    """The portal as programs use it, and as many browsers as a test needs."""

    browsers: list[httpx2.AsyncClient] = field(default_factory=list)
    owner_url: str = ""

    async def empty(self) -> None:
        """Forget everything, faster than a fresh database would: as the owner, whom grants do not bind."""
        self._sequences.clear()
        await self.close_browsers()
        connection = await asyncpg.connect(self.owner_url.replace("+asyncpg", ""))
        try:
            tables = await connection.fetch(OWN_TABLES)
            await connection.execute(f"TRUNCATE {', '.join(row['name'] for row in tables)}")
        finally:
            await connection.close()

    async def close_browsers(self) -> None:
        """Close every browser that a test opened."""
        while self.browsers:
            await self.browsers.pop().aclose()

    def browser(self) -> Browser:
        """A browser that nobody is signed in with."""
        client = make_client(self.app)
        self.browsers.append(client)
        return Browser(client)

    async def signed_in(self, person: Person) -> Browser:
        """A browser that this person is signed in with."""
        browser = self.browser()
        await browser.sign_in(person)
        return browser


def words(answer: httpx2.Response) -> str:
    """What a person reads of a page: no tags, single spaces."""
    return re.sub(r" (?=[,.;:])", "", " ".join(unescape(TAG.sub(" ", answer.text)).split()))


def hidden_fields(answer: httpx2.Response) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    return {name: unescape(value) for name, value in HIDDEN.findall(answer.text)}


def make_client(app: FastAPI) -> httpx2.AsyncClient:
    """A client that talks to the application directly."""
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url="http://test")


@asynccontextmanager
async def portal_under_test(
    postgres_url: str, files: Path, transports: Transports | None = None, **settings: Any
) -> AsyncIterator[PortalUnderTest]:
    """The portal on a fresh database; `transports` lead to other services, by name, without a network."""
    database_url, owner_url = await create_database(postgres_url, "portal")
    try:
        async with portal_on(database_url, files, transports, **settings) as portal:
            portal.owner_url = owner_url
            yield portal
    finally:
        await drop_database(postgres_url, database_url)


@asynccontextmanager
async def portal_on(
    database_url: str, files: Path, transports: Transports | None = None, **settings: Any
) -> AsyncIterator[PortalUnderTest]:
    """The portal on a database that is there."""
    values: dict[str, Any] = {
        "database_url": database_url,
        "kafka_bootstrap_servers": "127.0.0.1:1",
        "port": 1,
        "demonstration": True,
        "council": "test",
        "sign_in_limit": "100000 per minute",
        "files": files,
    }
    app = create(PortalSettings(**{**values, **settings}), transports)
    service: Service = app.state.service
    async with make_client(app) as client:
        portal = PortalUnderTest(app, service, client)
        try:
            yield portal
        finally:
            await portal.close_browsers()
            await service.engine.dispose()
