"""The demonstration council: invented people, buildings and weather, loaded through the public interfaces."""

from deploy.local.demonstration.council import load_council
from deploy.local.system import System


async def load(system: System) -> str:
    """Load the council into a running system; broken off and begun again, it goes on where it was."""
    return await load_council(system.urls)
