"""What a service looks at before it serves: it refuses to start where its work would go wrong."""

from shared.startup.database import database_refusals
from shared.startup.refusing import Refused, read_settings, require_fit
from shared.startup.secrets import secret_refusals
from shared.startup.topics import Topics, topic_refusals

__all__ = [
    "Refused",
    "Topics",
    "database_refusals",
    "read_settings",
    "require_fit",
    "secret_refusals",
    "topic_refusals",
]
