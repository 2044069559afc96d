"""The council's three open-data files at addresses that stay, for people and collecting programs."""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from time import monotonic
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, TypeAdapter

from services.portal.clients import PersonsService, ServiceAway
from services.portal.identity.pages_rule import Page, page
from shared.errors import NotFound

router = APIRouter(include_in_schema=False)

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
FILE_NAME = re.compile(
    r"(?P<dataset>developer-agreement(?:-contribution|-transaction)?)(?:_(?P<day>[0-9]{8}))?"
)
FRESH_SECONDS = 30.0
"""For so long the portal does not ask again what was published."""
FILES_KEPT = 24
"""Four editions of three files in two forms; a file of an edition never changes."""
UNCHANGED = 304
PublicPage = Annotated[Page, page()]


class Edition(BaseModel):
    """The files as they were published on a day, and how many rows each has."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    edition_id: UUID
    published_on: date
    published_at: datetime
    agreements: int
    contributions: int
    transactions: int


EDITIONS = TypeAdapter(tuple[Edition, ...])


@dataclass(frozen=True, slots=True)
class CouncilFile:
    """The bytes of a file, and the tag by which a program says that it has them."""

    content: bytes
    tag: str


@dataclass(slots=True)
class CouncilFiles:
    """What contributions published, asked for when somebody asks, and kept: the newest list for a moment."""

    _editions: tuple[Edition, ...] = ()
    _asked_at: float = float("-inf")
    _files: OrderedDict[str, CouncilFile] = field(default_factory=OrderedDict)

    async def editions(self, contributions: PersonsService) -> tuple[Edition, ...]:
        """Every edition, the newest first; while contributions is away, as they were last known."""
        if monotonic() - self._asked_at > FRESH_SECONDS:
            try:
                told = await contributions.get("/open-data/editions")
            except ServiceAway:
                if self._asked_at < 0:
                    raise
                return self._editions
            self._editions, self._asked_at = EDITIONS.validate_python(told), monotonic()
        return self._editions

    async def file(
        self, contributions: PersonsService, edition: Edition, form: str, dataset: str
    ) -> CouncilFile:
        """One file of an edition."""
        path = f"/open-data/editions/{edition.edition_id}/{form}/{dataset}.csv"
        if path not in self._files:
            content = (await contributions.download(path)).content
            self._files[path] = CouncilFile(content, f'"{hashlib.sha256(content).hexdigest()[:32]}"')
            while len(self._files) > FILES_KEPT:
                self._files.popitem(last=False)
        self._files.move_to_end(path)
        return self._files[path]


@router.api_route("/open-data/{name}.csv", methods=["GET", "HEAD"])
async def download_file(page: PublicPage, name: str) -> Response:
    """A file in the form of 2026: the newest, or by `developer-agreement_20261128.csv` that of a day."""
    return await _download(page, name, "2026")


@router.api_route("/open-data/2019/{name}.csv", methods=["GET", "HEAD"])
async def download_older_form(page: PublicPage, name: str) -> Response:
    """The same under the headings of 2019."""
    return await _download(page, name, "2019")


async def read_editions(page: Page) -> tuple[Edition, ...]:
    """What was published, the newest first."""
    files: CouncilFiles = page.request.app.state.council_files
    return await files.editions(page.services.contributions)


async def _download(page: Page, name: str, form: str) -> Response:
    wanted = FILE_NAME.fullmatch(name)
    editions = await read_editions(page) if wanted else ()
    edition = next((each for each in editions if wanted and _is_of(each, wanted["day"])), None)
    if wanted is None or edition is None:
        message = "This file is not published. See what is there on the open data page."
        raise NotFound("open_data.not_published", message)
    files: CouncilFiles = page.request.app.state.council_files
    file = await files.file(page.services.contributions, edition, form, wanted["dataset"])
    headers = _headers(edition, file, wanted["dataset"])
    if _has_it(page.request, edition, file):
        return Response(status_code=UNCHANGED, headers=headers)
    return Response(file.content, media_type="text/csv; charset=utf-8", headers=headers)


def _is_of(edition: Edition, day: str | None) -> bool:
    return day is None or f"{edition.published_on:%Y%m%d}" == day


def _headers(edition: Edition, file: CouncilFile, dataset: str) -> Mapping[str, str]:
    named = f"{dataset}_{edition.published_on:%Y%m%d}.csv"
    return {
        "content-disposition": f'attachment; filename="{named}"',
        "etag": file.tag,
        "last-modified": format_datetime(edition.published_at, usegmt=True),
        "cache-control": "public, max-age=300",
        "link": f'<{LICENCE}>; rel="license"',
        "access-control-allow-origin": "*",
        "cross-origin-resource-policy": "cross-origin",
    }


def _has_it(request: Request, edition: Edition, file: CouncilFile) -> bool:
    """Whether the program has these bytes: by their tag, or where it sends none by their day."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return file.tag in tags
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
        return since >= edition.published_at.replace(microsecond=0)
    except (TypeError, ValueError):
        return False
