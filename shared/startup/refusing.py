"""Ends a start that would go wrong: one clear sentence, and an exit code that says it was a setting."""

import asyncio
import sys
from typing import NoReturn, TypeVar

import structlog
from pydantic import ValidationError

from shared.database import is_transient
from shared.settings import ServiceSettings
from shared.startup.database import database_refusals
from shared.startup.secrets import secret_refusals

log = structlog.get_logger()

S = TypeVar("S", bound=ServiceSettings)

REFUSED = 78
"""EX_CONFIG of sysexits.h: starting again will not help before somebody has changed something."""
AGAIN_SECONDS = 1.0


class Refused(SystemExit):
    """The service does not start."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(REFUSED)
        self.reasons = reasons


def read_settings(kind: type[S]) -> S:
    """The settings that the environment tells; what is missing or known to everybody ends the start."""
    try:
        return kind.model_validate({})
    except ValidationError as error:
        _refuse("This service", settings_refusals(error))


def settings_refusals(error: ValidationError) -> list[str]:
    """What is wrong with settings, a sentence each, without any value."""
    return [_sentence(str(each["loc"][0]) if each["loc"] else "", each) for each in error.errors()]


def require_fit(service: str, settings: ServiceSettings) -> None:
    """Return when the service can work with its keys and its database; one that is away is waited for."""
    refusals = secret_refusals(settings) or asyncio.run(_once_it_answers(service, settings.database_url))
    if refusals:
        _refuse(service, refusals)


async def _once_it_answers(service: str, database_url: str) -> list[str]:
    while True:
        try:
            return await database_refusals(service, database_url)
        except Exception as error:
            if not is_transient(error):
                return [f"The database of {service} cannot be used: {error}"]
            log.warning("database_away", error=repr(error)[:300])
            await asyncio.sleep(AGAIN_SECONDS)


def _refuse(who: str, reasons: list[str]) -> NoReturn:
    for reason in reasons:
        sys.stderr.write(f"{who} does not start. {reason}\n")
    raise Refused(reasons)


def _sentence(name: str, error: object) -> str:
    assert isinstance(error, dict)
    if not name:
        return str(error["msg"]).removeprefix("Value error, ")
    setting = f"OFFSET_FUND_{name.upper()}"
    if error["type"] == "missing":
        return f"{setting} is not set. Set it."
    return f"{setting} cannot be used: {error['msg']}."
