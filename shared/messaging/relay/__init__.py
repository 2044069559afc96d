"""Carries the event log to Kafka in order: the only producer of a service's events.

docs/decisions/0007-one-batch-under-way-per-partition.md says why it is built as it is.
"""

from shared.messaging.relay.relay import Relay

__all__ = ["Relay"]
