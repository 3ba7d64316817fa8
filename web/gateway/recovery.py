"""Answering what was recorded and never answered, because something ended in the middle of it."""

import asyncio
import logging
from datetime import timedelta

from gateway.sessions import SessionLocks, short_hash
from gateway.store import SessionGone, Store
from gateway.turns import Turns, Unkept, UnknownChoice
from records.base import now
from records.models import Session

log = logging.getLogger(__name__)

# Whoever asked longer ago waits no more.
SINCE = timedelta(days=1)
AT_ONCE = 4
# Whoever sends a message waits so long for the older ones; what is left of them is taken up later.
OLDER_SECONDS = 2.0


class Recovery:
    """Takes up again the messages without all their replies.

    Args:
        store: the transcript.
        turns: answers them.
        locks: keep the turns of a session in order.
    """

    def __init__(self, store: Store, turns: Turns, locks: SessionLocks) -> None:
        self._store = store
        self._turns = turns
        self._locks = locks
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, session: Session) -> None:
        """Let `resume` go on by itself, for who hears of the answers another way."""
        task = asyncio.create_task(self._resume_quietly(session))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """End what was begun; it is taken up again another time."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def resume(self, session: Session) -> None:
        """Answer what is left unanswered in a session, in order; a turn under way is awaited.

        What cannot be answered now is left for the next time.
        """
        async with self._locks.hold(session.id):
            await self._resume(session)

    async def catch_up(self, session: Session, client_id: str | None = None) -> None:
        """Answer what is left unanswered before another message is; never fails, nor takes long.

        The messages are then screened in the order in which they came. The caller sees to it that
        nothing else happens in the session.

        Args:
            session: which.
            client_id: the client's id of the message that is to be answered next.
        """
        try:
            async with asyncio.timeout(OLDER_SECONDS):
                await self._resume(session, client_id)
        except Exception as error:
            extra = {"session": short_hash(session.id), "reason": type(error).__name__}
            log.warning("older messages are still unanswered", extra=extra)

    async def _resume(self, session: Session, before: str | None = None) -> None:
        for message in await self._store.unanswered(session.id, now() - SINCE):
            if message.client_id == before:
                return
            try:
                await self._turns.resume(session, message)
            except (SessionGone, UnknownChoice, Unkept) as error:
                extra = {"session": short_hash(session.id), "reason": type(error).__name__}
                log.warning("a message is still unanswered", extra=extra)
                return
            log.info("a message was taken up", extra={"session": short_hash(session.id)})

    async def _resume_quietly(self, session: Session) -> None:
        try:
            await self.resume(session)
        except Exception:
            log.exception("unanswered messages could not be taken up")

    async def resume_all(self) -> None:
        """Do so in all sessions, a few at a time."""
        at_once = asyncio.Semaphore(AT_ONCE)

        async def resume(session: Session) -> None:
            async with at_once:
                await self.resume(session)

        try:
            sessions = await self._store.unanswered_sessions(now() - SINCE)
            async with asyncio.TaskGroup() as group:
                for session in sessions:
                    group.create_task(resume(session))
        except Exception:
            log.exception("unanswered messages could not be taken up")
