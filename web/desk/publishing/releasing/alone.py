"""One publishing at a time: a lock that the system lifts when its holder dies.

The content's repository is a folder of one machine, so a file beside it is enough.
"""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from desk.errors import CannotBe
from desk.settings import Settings

NAME = "publishing.lock"
TRIES, PAUSE = 100, 0.1
BUSY = "Somebody else is publishing at this moment. Try again in a minute."


@asynccontextmanager
async def alone(settings: Settings) -> AsyncIterator[None]:
    """Be the only one to publish while the context lasts; whoever comes second waits a little.

    Raises:
        CannotBe: the other one takes too long.
    """
    descriptor = os.open(settings.dorsi_home / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        for _ in range(TRIES):
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                await asyncio.sleep(PAUSE)
        else:
            raise CannotBe(BUSY)
        yield
    finally:
        os.close(descriptor)
