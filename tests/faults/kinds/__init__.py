"""The kinds of faults: each does its harm and undoes what does not undo itself."""

from tests.faults.kinds import brokers, databases, events, poison, processes
from tests.faults.kinds.kind import KINDS, Ground, Kind

__all__ = ["KINDS", "Ground", "Kind", "brokers", "databases", "events", "poison", "processes"]
