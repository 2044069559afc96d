"""Rebuilds the portal's read model from Kafka while its pages go on answering from the rows as they were."""

from services.portal.projections import subscribe
from services.portal.settings import PortalSettings
from services.portal.tables import Base, SignInSessionRow
from shared.messaging import Handlers
from shared.messaging.rebuild import Progress, Rebuild, Rebuilt
from shared.messaging.shadow import Shadow

KEPT = {SignInSessionRow.__tablename__}
"""What no event tells."""
BEHIND = """
    SELECT count(*) FROM public.progress was LEFT JOIN pg_temp.progress shadow USING (topic, key)
    WHERE shadow.sequence IS NULL OR shadow.sequence < was.sequence
"""
SHADOW = Shadow(
    tables=[table for table in Base.metadata.sorted_tables if table.name not in KEPT],
    behind=BEHIND,
    untold=frozenset({"projected_at"}),
)


async def rebuild(settings: PortalSettings, progress: Progress) -> Rebuilt:
    """Rebuild every page's rows; `progress` is told (events read, of how many) after each few thousand.

    Refuses, and changes nothing, where Kafka holds less than the read model has seen.
    """
    handlers = Handlers("portal")
    subscribe(handlers)
    return await Rebuild(
        handlers, SHADOW, settings.database_url, settings.kafka_bootstrap_servers, progress
    ).run()
