"""The auditor: checks the fund's books and logs with its own sums, and knows no service.

`audit` looks at five databases, and at Kafka where its address is given, and answers what is not as it ought
to be. It speaks of one moment only where everything is at rest: ask `is_quiet` first.
"""

from deploy.audit.checks import audit
from deploy.audit.finding import Finding, Promise, describe
from deploy.audit.quiet import is_quiet

__all__ = ["Finding", "Promise", "audit", "describe", "is_quiet"]
