"""How a service listens: no connection may stay that asks nothing, sends drop by drop or does not read."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from shared.settings import ServiceSettings

HEADERS_SECONDS = 10.0
"""For the whole head of a request, and for what is still to come of a body that was refused."""
STALLED_SECONDS = 30.0
LEAST_READ_BYTES = 30 << 10
"""What a client must have read of its answer in that time."""
KEEP_ALIVE_SECONDS = 5
"""Longer than the portal keeps an unused connection to a service (2 seconds)."""
MOST_CONNECTIONS = 500
"""Beyond these a request is answered 503: ten work on the database at once, and the others wait for them."""
LARGEST_HEAD_BYTES = 16 << 10
FINISH_SECONDS = 10


class PatientProtocol(H11Protocol):
    """uvicorn's HTTP/1.1, which of itself waits for ever for a request's head and for a slow reader."""

    headers_seconds = HEADERS_SECONDS
    stalled_seconds = STALLED_SECONDS
    _head_timer: asyncio.TimerHandle | None = None
    _stall_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop_head_timer()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came; it may have completed a head, or begun another."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Wait for the next request, or for the rest of a body that nobody reads."""
        super().on_response_complete()
        self._watch()

    def pause_writing(self) -> None:
        """The client reads more slowly than we answer: from now on it must read something."""
        super().pause_writing()
        self._expect_reading()

    def resume_writing(self) -> None:
        """The client has read enough."""
        super().resume_writing()
        if self._stall_timer is not None:
            self._stall_timer.cancel()
            self._stall_timer = None

    def _watch(self) -> None:
        theirs, ours = self.conn.their_state, self.conn.our_state
        unread = theirs is h11.SEND_BODY and ours in {h11.DONE, h11.MUST_CLOSE}
        if theirs is not h11.IDLE and not unread:
            self._stop_head_timer()
        elif self._head_timer is None:
            self._head_timer = self.loop.call_later(self.headers_seconds, self.transport.close)

    def _stop_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _expect_reading(self) -> None:
        unread_bytes = self.transport.get_write_buffer_size()
        self._stall_timer = self.loop.call_later(self.stalled_seconds, self._judge_reader, unread_bytes)

    def _judge_reader(self, unread_bytes: int) -> None:
        if self.transport.get_write_buffer_size() > unread_bytes - LEAST_READ_BYTES:
            self.transport.abort()
        else:
            self._expect_reading()


def listening(settings: ServiceSettings) -> dict[str, Any]:
    """What `uvicorn.run` is told: where to listen, whom to believe about addresses, and every bound."""
    return {
        "host": settings.host,
        "port": settings.port,
        "http": PatientProtocol,
        "ws": "none",
        "proxy_headers": bool(settings.trusted_proxies),
        "forwarded_allow_ips": settings.trusted_proxies,
        "timeout_keep_alive": KEEP_ALIVE_SECONDS,
        "timeout_graceful_shutdown": FINISH_SECONDS,
        "limit_concurrency": MOST_CONNECTIONS,
        "h11_max_incomplete_event_size": LARGEST_HEAD_BYTES,
        "access_log": False,
        "log_level": "warning",
        "server_header": False,
    }
