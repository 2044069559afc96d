"""Build the register and every other page's rows anew from Kafka, while pages go on answering."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from deploy.local.missing import Missing
from deploy.local.progress import step
from deploy.operations.shown import show
from shared.errors import OffsetFundError

if TYPE_CHECKING:
    import argparse

    from deploy.operations.fund import Fund
    from services.portal.settings import PortalSettings


def add(commands: Any) -> None:
    """Add `rebuild register`."""
    parser = commands.add_parser("rebuild", help=__doc__)
    parser.add_argument("what", choices=("register",), help="the portal's read model")
    parser.set_defaults(run=_run)


async def _run(given: argparse.Namespace, fund: Fund) -> int:
    from services.portal.rebuild import rebuild  # the whole portal, seconds that other commands do without

    read, total = 0, 0

    def progress(now: int, of: int) -> None:
        nonlocal read, total
        read, total = now, of

    try:
        with step("Rebuilding the register", lambda: f"{read:,} of {total:,} events"):
            rebuilt = await rebuild(_settings(fund), progress)
    except OffsetFundError as refused:
        raise Missing(refused.message) from None
    text = (
        f"{rebuilt.events:,} events read in {rebuilt.seconds:.1f} s: "
        f"{rebuilt.rows_corrected:,} rows corrected, {rebuilt.rows_removed:,} removed; "
        f"{rebuilt.left_out:,} events left out."
    )
    show(asdict(rebuilt), as_json=given.json, text=text)
    return 0


def _settings(fund: Fund) -> PortalSettings:
    """Database and Kafka are all that a rebuild uses; no key of a demonstration is trusted by it."""
    from services.portal.settings import PortalSettings

    return PortalSettings(
        database_url=fund.databases["portal"].url,
        kafka_bootstrap_servers=fund.bootstrap_servers,
        port=fund.settings.ports["portal"],
        demonstration=True,
    )
