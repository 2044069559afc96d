"""The health check of a container: asks the service in it whether it is ready. Python's own parts only.

Run as a program (`python -m deploy.containers.health`) it ends with 0 when the service is ready.
"""

from __future__ import annotations

import http.client
import os
import sys

READY = "/health/ready"
PATIENCE_SECONDS = 4


def is_ready(port: int, host: str = "127.0.0.1") -> bool:
    """Whether the service on this port answers that it is ready."""
    connection = http.client.HTTPConnection(host, port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", READY)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not is_ready(int(os.environ["OFFSET_FUND_PORT"])))
