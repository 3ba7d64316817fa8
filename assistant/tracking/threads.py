"""The threads that wait for the database, so that the event loop never does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from assistant.tracking.attempt import Attempt
from assistant.tracking.engine import READERS
from assistant.tracking.errors import TrackingError

Result = TypeVar("Result")


class Threads:
    """Those that read and those that write: who reads never queues behind who writes."""

    def __init__(self, writers: int, seconds: float) -> None:
        """Plan so many threads that write, each for so many seconds a try."""
        self._seconds = seconds
        self._readers = ThreadPoolExecutor(READERS, "conversations-read")
        self._writers = ThreadPoolExecutor(writers, "conversations-write")

    async def read(self, work: Callable[[], Result]) -> Result:
        """What the work gives. It raises whatever the work raises."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, work)

    async def write(self, work: Callable[[Attempt], Result]) -> Result:
        """What the work gives that commits only what its attempt allows.

        Nothing is committed any more once this has raised, be it that whoever asked has gone.

        Raises:
            TrackingError: the time was up, with all that came before it in the queue.
            Exception: whatever the work raises.
        """
        attempt = Attempt(self._seconds)
        loop = asyncio.get_running_loop()
        under_way = loop.run_in_executor(self._writers, work, attempt)
        try:
            await asyncio.wait({under_way}, timeout=attempt.left)
            if under_way.done() or not attempt.give_up():
                return await under_way
        finally:
            attempt.give_up()
            under_way.cancel()
        raise TrackingError("The conversations' database took too long; nothing was written")

    async def write_at_last(self, work: Callable[[], Result]) -> Result:
        """What the work gives that may be done late, even after whoever asked has gone."""
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._writers, work))

    def close(self) -> None:
        """Wait for what is under way."""
        for pool in (self._writers, self._readers):
            pool.shutdown()
