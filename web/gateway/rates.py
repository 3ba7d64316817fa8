"""How much is taken from one session and from one address."""

import logging
import math
import time
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.aio.storage import RedisStorage
from limits.aio.storage.redis.redispy import RedispyBridge
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import ConfigurationError
from limits.storage import storage_from_string

from gateway.metrics import Metrics
from gateway.sessions import short_hash
from served.addresses import network

log = logging.getLogger(__name__)

type What = Literal["messages", "sessions"]
MESSAGES: Final = "messages"
SESSIONS: Final = "sessions"

# A counter that does not answer must not keep a patient waiting; nor must it be asked each time.
STORAGE_SECONDS = 0.5
REST_SECONDS = 5.0


class _Limit(NamedTuple):
    of_session: bool
    item: RateLimitItem


LIMITS: Mapping[What, Sequence[_Limit]] = {
    MESSAGES: (
        _Limit(True, RateLimitItemPerMinute(30)),
        _Limit(True, RateLimitItemPerHour(300)),
        _Limit(False, RateLimitItemPerMinute(240)),
    ),
    SESSIONS: (_Limit(False, RateLimitItemPerMinute(60)),),
}


class Rates:
    """Counts what comes from each session and each address.

    Where the counter itself fails, everything is taken: a patient must be heard.

    Args:
        storage: where to count, such as `memory://` or `redis://127.0.0.1:6379`; empty: nothing
            is counted.
        metrics: is told of what is refused.

    Raises:
        ValueError: there is no such storage, or its client is not installed.
    """

    def __init__(self, storage: str, metrics: Metrics) -> None:
        self._limiter = _limiter(storage) if storage else None
        self._metrics = metrics
        self._rests_until = 0.0
        self._failing = False

    async def close(self) -> None:
        """Close the connections to the storage."""
        storage = self._limiter.storage if self._limiter else None
        if isinstance(storage, RedisStorage) and isinstance(storage.bridge, RedispyBridge):
            await storage.bridge.storage.aclose()

    async def wait(self, what: What, *, session: str | None = None, address: str | None) -> int:
        """Count one message or session, and say how long to wait before it is taken.

        Args:
            what: which limits count.
            session: the session's internal id.
            address: the address it came from; what is not known is not counted.

        Returns:
            Seconds; 0 means that it is taken.
        """
        if self._limiter is None or time.monotonic() < self._rests_until:
            return 0
        try:
            seconds = await self._count(self._limiter, what, session, address)
        except Exception as error:
            self._rest(error)
            return 0
        if self._failing:
            log.info("requests are counted again")
            self._failing = False
        if seconds:
            self._metrics.limited(what)
        return seconds

    async def _count(
        self, limiter: MovingWindowRateLimiter, what: What, session: str | None, address: str | None
    ) -> int:
        by = {True: session and short_hash(session), False: address and network(address)}
        for limit in LIMITS[what]:
            who = by[limit.of_session]
            if who and not await limiter.hit(limit.item, what, who):
                stats = await limiter.get_window_stats(limit.item, what, who)
                return max(1, math.ceil(stats.reset_time - time.time()))
        return 0

    def _rest(self, error: Exception) -> None:
        self._rests_until = time.monotonic() + REST_SECONDS
        if not self._failing:
            # Its text may hold the storage's password.
            reason = type(error).__name__
            log.warning("requests cannot be counted: all are taken", extra={"reason": reason})
        self._failing = True


def _limiter(storage: str) -> MovingWindowRateLimiter:
    options: dict[str, float | str | bool] = {}
    if not storage.startswith("memory:"):
        options = {
            "implementation": "redispy",
            "socket_timeout": STORAGE_SECONDS,
            "socket_connect_timeout": STORAGE_SECONDS,
        }
    try:
        return MovingWindowRateLimiter(storage_from_string(f"async+{storage}", **options))
    except ConfigurationError as error:
        raise ValueError(f"RATE_LIMIT_STORAGE cannot be used: {error}") from None
