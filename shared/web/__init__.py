"""The web edge of a service: who may do what, one command one transaction, problems in plain words."""

from shared.web.commanding import Edge, commands
from shared.web.reading import View, reads
from shared.web.roles import Caller, Role
from shared.web.rules import anyone
from shared.web.upload import read_upload

__all__ = ["Caller", "Edge", "Role", "View", "anyone", "commands", "read_upload", "reads"]
