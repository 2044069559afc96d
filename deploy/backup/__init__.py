"""Backs up the five databases as of one moment while the fund runs, and restores them over an empty Kafka.

Why one moment is enough, and how it is had: docs/decisions/0011.
"""

from deploy.backup.make import make_backup
from deploy.backup.manifest import Manifest, read_manifest
from deploy.backup.restore import restore_databases, restore_files
from deploy.backup.transport import empty_kafka, refuse_full_kafka

__all__ = [
    "Manifest",
    "empty_kafka",
    "make_backup",
    "read_manifest",
    "refuse_full_kafka",
    "restore_databases",
    "restore_files",
]
