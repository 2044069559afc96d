"""How facts leave a service and reach another: nothing lost, nothing twice, in order of each key."""

from shared.messaging.delivery import Delivery
from shared.messaging.handlers import Handlers
from shared.messaging.parking import Waiting
from shared.messaging.unit_of_work import Cause, UnitOfWork, Work

__all__ = ["Cause", "Delivery", "Handlers", "UnitOfWork", "Waiting", "Work"]
