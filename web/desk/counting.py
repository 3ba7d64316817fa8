"""The numbers beside entries of the menu, on every page: counted beside the pages."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from records.database import Database

log = logging.getLogger(__name__)

EVERY_SECONDS = 2.0

type Counts = Mapping[str, Callable[[Database], Awaitable[int]]]


@asynccontextmanager
async def counting(state: Any, database: Database, counts: Counts) -> AsyncIterator[None]:
    """Keep numbers up to date while the context lasts: no page waits for them.

    Args:
        state: where they stand, by their names.
        database: what is counted in.
        counts: what counts each.
    """
    for name, count in counts.items():
        setattr(state, name, await count(database))
    running = asyncio.create_task(_keep_counting(state, database, counts))
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def _keep_counting(state: Any, database: Database, counts: Counts) -> None:
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        for name, count in counts.items():
            try:
                setattr(state, name, await count(database))
            except Exception as error:
                reason = {"counted": name, "reason": type(error).__name__}
                log.error("a number of the menu cannot be counted", extra=reason)
