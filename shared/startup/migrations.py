"""Which migrations this version of a service needs, read from their files.

Alembic would say the same (a test holds them equal), at the price of half a second and 12 MB in each service.
"""

import re
from collections.abc import Collection
from pathlib import Path

import services
from shared import messaging

MESSAGING = Path(messaging.__path__[0]) / "migrations" / "versions"
SERVICES = Path(services.__path__[0])
REVISION = re.compile(r'^(revision|down_revision)\b.*= "([a-z0-9_]+)"$', re.MULTILINE)


def newest_revisions(service: str) -> set[str]:
    """The last migration of messaging and that of the service itself."""
    return _heads(MESSAGING) | _heads(SERVICES / service / "migrations")


def migration_refusal(service: str, applied: Collection[str]) -> str | None:
    """Why the service cannot work with a database at these revisions, if it cannot."""
    needed = newest_revisions(service)
    if needed == set(applied):
        return None
    found = ", ".join(sorted(applied)) or "no migration"
    wanted = ", ".join(sorted(needed))
    return (
        f"The database of {service} is at {found}; this version needs {wanted}. "
        "Run the migrations of this version, or start the version that the database is of."
    )


def _heads(folder: Path) -> set[str]:
    found = [dict(REVISION.findall(path.read_text(encoding="utf-8"))) for path in folder.glob("*.py")]
    revisions = {each["revision"] for each in found if "revision" in each}
    return revisions - {each.get("down_revision", "") for each in found}
