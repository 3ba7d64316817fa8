"""Asking nobody who has just failed again and again.

A few lines of our own: the libraries for it count every exception or none of ours, and those
for asyncio are not looked after any more.
"""

import time
from collections.abc import Awaitable, Callable

FAILURES = 5
REST_SECONDS = 5.0


class Open(Exception):
    """It is not asked now."""


class Breaker:
    """Opens after some failures in a row; then one call is let through now and then to see.

    Args:
        failure: the exception that counts; any other says nothing about who is asked.
        clock: the present moment in seconds.
    """

    def __init__(
        self, failure: type[Exception], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._failure = failure
        self._clock = clock
        self._failures = 0
        self._rests_until = 0.0

    async def call[T](self, ask: Callable[[], Awaitable[T]]) -> T:
        """What is answered.

        Raises:
            Open: it was not asked, since it failed too often just now.
            Exception: whatever asking raises.
        """
        if self._failures >= FAILURES:
            if self._clock() < self._rests_until:
                raise Open
            self._rest()  # this one finds out, and the others wait for it
        try:
            answer = await ask()
        except self._failure:
            self._failures += 1
            self._rest()
            raise
        self._failures = 0
        return answer

    def _rest(self) -> None:
        self._rests_until = self._clock() + REST_SECONDS
