"""How often somebody may do what costs much: sign in, send files, be refused. Kept in this process only.

The window moves: a limit of 60 a minute means no more than 60 in any 60 seconds. Each replica counts its own.
"""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address

from limits import RateLimitItem, parse
from limits.storage import MovingWindowSupport, Storage
from limits.strategies import MovingWindowRateLimiter

MOST_KEYS = 10_000
"""Beyond so many at once those are forgotten that were quiet for longest."""
NETWORK_BITS = 64
"""One household, or one attacker, has a whole IPv6 network of this length."""

Clock = Callable[[], float]


@dataclass(slots=True)
class Rates:
    """The limits of one process by their settings, such as `60 per minute`."""

    sign_in: RateLimitItem
    uploads: RateLimitItem
    refusals: RateLimitItem
    clock: Clock = time.monotonic
    _window: MovingWindowRateLimiter = field(init=False)

    def __post_init__(self) -> None:
        self._window = MovingWindowRateLimiter(Recent(self.clock))

    @classmethod
    def told(cls, *, sign_in: str, uploads: str, refusals: str, clock: Clock = time.monotonic) -> "Rates":
        """The limits in words."""
        return cls(parse(sign_in), parse(uploads), parse(refusals), clock)

    def seconds_to_wait(self, limit: RateLimitItem, what: str, who: str) -> int:
        """Count this once, and answer 0; beyond the limit answer in how many seconds it may be done again."""
        if self._window.hit(limit, what, who):
            return 0
        again_at: float = self._window.get_window_stats(limit, what, who).reset_time
        return max(1, math.ceil(again_at - self.clock()))


class Recent(Storage, MovingWindowSupport):
    """When each did it lately: never more times than its limit, never more than `MOST_KEYS` of them."""

    STORAGE_SCHEME: list[str] | None = None

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count it, unless the limit is reached within the last `expiry` seconds."""
        now, times = self._clock(), self._of(key)
        _forget(times, now - expiry)
        if len(times) + amount > limit:
            return False
        times.extend([now] * amount)
        return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:  # noqa: ARG002
        """When the first counted one was, and how many are counted."""
        now, times = self._clock(), self._of(key)
        _forget(times, now - expiry)
        return (times[0] if times else now), len(times)

    def _of(self, key: str) -> deque[float]:
        times = self._times.setdefault(key, deque())
        self._times.move_to_end(key)
        if len(self._times) > MOST_KEYS:
            self._times.popitem(last=False)
        return times

    @property
    def base_exceptions(self) -> type[Exception]:
        """Memory does not fail by itself."""
        return MemoryError

    def check(self) -> bool:
        """Memory is always there."""
        return True

    def reset(self) -> int:
        """Forget everybody."""
        forgotten = len(self._times)
        self._times.clear()
        return forgotten

    def clear(self, key: str) -> None:
        """Forget one."""
        self._times.pop(key, None)

    def get(self, key: str) -> int:
        """How many are kept of one."""
        return len(self._times.get(key, ()))

    def get_expiry(self, key: str) -> float:  # noqa: ARG002 - only fixed windows expire as a whole
        """Now: entries expire one by one."""
        return self._clock()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Counters of fixed windows are not kept here."""
        raise NotImplementedError


def whose(address: str | None) -> str:
    """Whom an address counts for: itself, or its network where it is one of IPv6."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return f"{IPv6Address(int(found) >> NETWORK_BITS << NETWORK_BITS)}/{NETWORK_BITS}"
    return str(getattr(found, "ipv4_mapped", None) or found)


def _forget(times: deque[float], before: float) -> None:
    while times and times[0] <= before:
        times.popleft()
