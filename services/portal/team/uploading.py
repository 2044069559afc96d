"""Sending a file of readings or temperatures on, with what is wrong in it row by row."""

from dataclasses import dataclass, field
from pathlib import PurePath

from starlette.datastructures import UploadFile

from services.portal.clients import ServiceProblem, Upload
from services.portal.identity.pages_rule import SentForm
from services.portal.layout.fields import Choice, File
from services.portal.layout.forms import Filled
from services.portal.sending import BESIDE_THE_FORM, told
from shared.errors import Problem

LARGEST_BYTES = 30_000_000
ZONES = (
    ("Europe/London", "UK clock time", "The clock goes forward in March and back in October."),
    ("UTC", "GMT (UTC) all year", "The clock of the file never changes. Many data loggers do this."),
)
INTERVALS = (
    ("hourly", "Hourly", "One row for each hour, labelled by its start."),
    ("daily", "Daily", "One row for each day."),
)
FILE = File(name="file", label="File", ask="a CSV file", largest_bytes=LARGEST_BYTES)
ZONE = Choice(name="zone", label="Clock", ask="the clock of the file", options=[one[:2] for one in ZONES])
INTERVAL = Choice(
    name="interval", label="Interval", ask="hourly or daily", options=[one[:2] for one in INTERVALS]
)
UNIT_DOUBTED = "readings.unit_implausible"


@dataclass(frozen=True, slots=True)
class Sending:
    """The form, and where a file was refused: each row to mend, and whether its unit is doubted."""

    filled: Filled
    rows: tuple[Problem, ...] = field(default=())
    unit_is_doubted: bool = False


async def send_file(sent: SentForm, filled: Filled, path: str, fields: dict[str, str]) -> Sending:
    """Send the file; a file is taken whole or not at all."""
    try:
        await sent.services.monitoring.upload(
            path, {"file": await _upload(filled.values["file"])}, fields, key=sent.idempotency_key
        )
    except ServiceProblem as refusal:
        if refusal.status not in BESIDE_THE_FORM:
            raise
        return _refused(filled, refusal)
    return Sending(filled)


def _refused(filled: Filled, refusal: ServiceProblem) -> Sending:
    """Problems of fields beside them; those of rows in a table, with one line of the summary for all."""
    fields = {"file", "unit", "zone", "interval", "calorific_value"}
    beside = [one for one in told(refusal) if one.field in fields or not one.field]
    rows = tuple(one for one in told(refusal) if one not in beside)
    if rows:
        beside.append(Problem("file", refusal.message))
    return Sending(filled.with_problems(beside), rows, unit_is_doubted=refusal.code == UNIT_DOUBTED)


async def _upload(file: object) -> Upload:
    """The file under a plain name of ours: the name it came with is never trusted."""
    assert isinstance(file, UploadFile)
    kind = PurePath(file.filename or "").suffix.lower()
    return (f"readings{kind if kind.isascii() else ''}", await file.read(), "text/csv")
