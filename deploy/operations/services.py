"""Speaks to the services' operations as an operator, with a token that is never shown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import httpx2

from deploy.local.missing import Missing
from services.portal.identity.people import OPERATOR
from shared.web.roles import Role
from shared.web.tokens import DEMONSTRATION_PRIVATE_KEY, mint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deploy.operations.fund import Fund

PATIENCE_SECONDS = 60
FIRST_REFUSAL = 400
TOKEN, TOKEN_FILE = "OFFSET_FUND_OPERATOR_TOKEN", "OFFSET_FUND_OPERATOR_TOKEN_FILE"
KEY, PERSON = "OFFSET_FUND_TOKEN_PRIVATE_KEY", "OFFSET_FUND_OPERATOR_ID"
HOW = f"Set {TOKEN} or {TOKEN_FILE}, or {KEY} (the portal's) with {PERSON}, the id that is written down."


@dataclass(frozen=True, slots=True)
class Services:
    """The operations of every service of one fund."""

    fund: Fund

    async def get(self, service: str, path: str) -> Any:
        """What a service answers."""
        return await self._send("GET", service, path, {})

    async def post(self, service: str, path: str, body: Any = None) -> Any:
        """Carry out a command; sent once, by one key."""
        return await self._send(
            "POST", service, path, {"json": body, "headers": {"Idempotency-Key": str(uuid4())}}
        )

    async def _send(self, method: str, service: str, path: str, content: dict[str, Any]) -> Any:
        url = self.fund.service_urls[service]
        token = token_for(service, self.fund.environment, demonstration=self.fund.settings.demonstration)
        headers = {**content.pop("headers", {}), "Authorization": f"Bearer {token}"}
        try:
            async with httpx2.AsyncClient(timeout=PATIENCE_SECONDS, trust_env=False) as http:
                answer = await http.request(method, f"{url}/messaging{path}", headers=headers, **content)
        except httpx2.HTTPError as error:
            raise Missing(
                f"{service} does not answer at {url} ({type(error).__name__}). Is the fund up?"
            ) from None
        if answer.status_code >= FIRST_REFUSAL:
            raise Missing(f"{service} refuses: {_reason(answer)}")
        return answer.json()


def token_for(service: str, environment: Mapping[str, str], *, demonstration: bool) -> str:
    """A token of an operator's for this service: the one given, one made with the portal's key, or none."""
    if given := environment.get(TOKEN):
        return given
    if file := environment.get(TOKEN_FILE):
        return _read(Path(file))
    if key := environment.get(KEY):
        return mint(_person(environment), [Role.OPERATOR], audience=service, private_key=key)
    if demonstration:
        return mint(OPERATOR.id, OPERATOR.roles, audience=service, private_key=DEMONSTRATION_PRIVATE_KEY)
    raise Missing(f"This needs an operator's token. {HOW}")


def _person(environment: Mapping[str, str]) -> UUID:
    try:
        return UUID(environment[PERSON])
    except (KeyError, ValueError):
        raise Missing(f"{PERSON} is not set to an id (a UUID). {HOW}") from None


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Missing(f"{TOKEN_FILE} cannot be read ({error.strerror}). {HOW}") from None


def _reason(answer: httpx2.Response) -> str:
    try:
        problem: dict[str, Any] = answer.json()
    except ValueError:
        return f"status {answer.status_code}"
    return str(problem.get("detail") or problem.get("title") or answer.status_code)
