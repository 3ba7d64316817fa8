"""Erasing conversations that have been kept for long enough."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import datetime, timedelta

from gateway.erasures import Erasures
from gateway.sessions import SessionLocks, short_hash
from gateway.store import Store
from records.base import now
from records.models import Session

log = logging.getLogger(__name__)

EVERY_SECONDS = 3600.0
AT_ONCE = 100


class Retention:
    """Erases the conversations in which nothing was said for a time.

    The diary is no part of them: it goes with the patient's browser, and its key erases it.

    Args:
        store: the transcript.
        erasures: erases.
        locks: keep out of a turn that is under way.
        kept: how long they are kept after their last message.
    """

    def __init__(
        self, store: Store, erasures: Erasures, locks: SessionLocks, kept: timedelta
    ) -> None:
        self._store = store
        self._erasures = erasures
        self._locks = locks
        self._kept = kept

    async def sweep(self) -> None:
        """Erase all of them; one that cannot be erased is left for the next time."""
        before = now() - self._kept
        while found := await self._store.outdated(before, AT_ONCE):
            erased = await self._erase(found, before)
            if not erased:
                return
            log.info("old conversations were erased", extra={"count": erased})

    async def _erase(self, sessions: Sequence[Session], before: datetime) -> int:
        """Erase some together, for one entry in the audit log; if that fails, one by one."""
        try:
            async with AsyncExitStack() as held:
                for session in sessions:
                    await held.enter_async_context(self._locks.hold(session.id))
                return await self._erasures.erase_outdated(sessions, before)
        except Exception:
            if len(sessions) > 1:
                return sum([await self._erase([one], before) for one in sessions])
            extra = {"session": short_hash(sessions[0].id)}
            log.exception("an old conversation could not be erased", extra=extra)
            return 0

    async def keep_sweeping(self) -> None:
        """Do so now and then, for ever."""
        while True:
            try:
                await self.sweep()
            except Exception:
                log.exception("old conversations could not be erased")
            await asyncio.sleep(EVERY_SECONDS)
