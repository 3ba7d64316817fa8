"""The indexer beside the pages, for as long as the desk is up."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from desk.index.indexer import Indexer
from desk.index.masking import MASK
from records.database import Database


@asynccontextmanager
async def indexing(database: Database) -> AsyncIterator[None]:
    """Keep the index up to date while the context lasts."""
    running = asyncio.create_task(Indexer(database, MASK).keep_indexing())
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
