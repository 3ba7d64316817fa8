"""Forgetting what the desk itself need not keep: ended sign-ins, failed ones, old unmaskings."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import Connection, delete

from desk.access import sessions
from desk.access.sessions import Lifetime
from desk.services import Services
from records.base import now
from records.people import Failure, Unmasking

log = logging.getLogger(__name__)

EVERY_SECONDS = 3600.0
FAILURES_KEPT = timedelta(days=1)
# Who read what unmasked and why stays in the audit log, which is kept.
UNMASKINGS_KEPT = timedelta(days=30)


def clear(db: Connection, lifetime: Lifetime) -> None:
    """Forget what has been kept for its time, in a transaction that writes."""
    sessions.sweep(db, lifetime)
    db.execute(delete(Failure).where(Failure.at <= now() - FAILURES_KEPT))
    db.execute(delete(Unmasking).where(Unmasking.until <= now() - UNMASKINGS_KEPT))


@asynccontextmanager
async def going_on(services: Services) -> AsyncIterator[None]:
    """Do so every hour, for as long as the context lasts."""
    task = asyncio.create_task(_keep_clearing(services))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _keep_clearing(services: Services) -> None:
    lifetime = Lifetime.of(services.settings)
    while True:
        try:
            await services.database.write(lambda db: clear(db, lifetime))
        except Exception:
            log.exception("what the desk need not keep could not be forgotten")
        await asyncio.sleep(EVERY_SECONDS)
