"""The number of emergencies not reviewed, beside the inbox's entry of the menu on every page."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from desk.inbox import views
from desk.inbox.filters import Around
from records.base import now
from records.database import Database

log = logging.getLogger(__name__)

EVERY_SECONDS = 2.0
NOBODY = 0


async def emergencies(database: Database) -> int:
    """How many there are now."""
    around = Around(NOBODY, now(), database.is_sqlite)
    return await database.read(lambda db: views.emergencies(db, around))


@asynccontextmanager
async def counting(state: Any, database: Database) -> AsyncIterator[None]:
    """Keep `state.emergencies` up to date while the context lasts: no page waits for it."""
    state.emergencies = await emergencies(database)
    running = asyncio.create_task(_keep_counting(state, database))
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def _keep_counting(state: Any, database: Database) -> None:
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            state.emergencies = await emergencies(database)
        except Exception as error:
            log.error("emergencies cannot be counted", extra={"reason": type(error).__name__})
