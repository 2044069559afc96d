"""Chooses the ports that our programs listen on, and says plainly who holds one that is taken."""

from __future__ import annotations

import random
import socket
from contextlib import suppress
from pathlib import Path

from deploy.local.missing import Missing

LOOPBACK = "127.0.0.1"


QUIET_PORTS = range(20_000, 32_000)
"""Below those that systems give to outgoing connections, one of which could take a port before its server."""
_given: set[int] = set()


def free_port() -> int:
    """Find a port of the loopback address that nobody listens on, and that was not given out before."""
    for port in random.sample(QUIET_PORTS, k=len(QUIET_PORTS)):
        if port not in _given and is_free(port):
            _given.add(port)
            return port
    raise Missing(f"All ports from {QUIET_PORTS.start} to {QUIET_PORTS.stop - 1} are taken. Stop something.")


def choose_port(port: int, what_for: str, setting: str) -> int:
    """Give this port back, or any free one for 0; a taken port is a message with its remedy."""
    if port == 0:
        return free_port()
    if is_free(port):
        return port
    holder = _holder(port)
    whose = f"is taken by {holder}" if holder else "is taken by another program"
    raise Missing(f"Port {port}, meant for {what_for}, {whose}. Stop that, or choose another: {setting}=PORT")


def is_free(port: int) -> bool:
    """Whether we could listen on this port of the loopback address now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _holder(port: int) -> str | None:
    for inode in _listening_inodes(port):
        for link in Path("/proc").glob("[0-9]*/fd/*"):
            with suppress(OSError):
                if str(link.readlink()) == f"socket:[{inode}]":
                    return f"process {link.parts[2]} ({(Path(*link.parts[:3]) / 'comm').read_text().strip()})"
    return None


def _listening_inodes(port: int) -> list[str]:
    rows: list[list[str]] = []
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        with suppress(OSError):
            rows += [line.split() for line in table.read_text().splitlines()[1:]]
    return [row[9] for row in rows if row[3] == "0A" and row[1].endswith(f":{port:04X}")]
