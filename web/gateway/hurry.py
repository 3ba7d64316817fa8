"""An emergency does not wait for the answers to the messages before it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

# Answers come sooner, mostly; and what was asked just before an emergency deserves its answer.
PATIENCE = 0.5


class Hurried(Exception):
    """An emergency waits: the answer is not waited for any longer."""


class _Alarms:
    """How many emergencies wait in one session, and whether any does."""

    def __init__(self) -> None:
        self._waiting = 0
        self.any = asyncio.Event()

    def begin(self) -> None:
        self._waiting += 1
        self.any.set()

    def end(self) -> None:
        self._waiting -= 1
        if not self._waiting:
            self.any.clear()


class Hurry:
    """Ends the wait for answers of a session in which an emergency waits behind them."""

    def __init__(self) -> None:
        # Gone as soon as nobody answers or waits.
        self._sessions: WeakValueDictionary[str, _Alarms] = WeakValueDictionary()

    async def unless[T](self, session_id: str, ask: Callable[[], Awaitable[T]]) -> T:
        """What asking gives, unless an emergency waits.

        Raises:
            Hurried: an emergency waits; what was begun is cancelled.
            Exception: whatever asking raises.
        """
        alarms = self._of(session_id)
        if alarms.any.is_set():
            raise Hurried
        calling = asyncio.ensure_future(ask())
        waiting = asyncio.create_task(alarms.any.wait())
        try:
            await asyncio.wait({calling, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if not calling.done():
                raise Hurried
            return calling.result()
        finally:
            waiting.cancel()
            calling.cancel()

    @asynccontextmanager
    async def behind(
        self, session_id: str, is_emergency: Callable[[], Awaitable[bool]]
    ) -> AsyncIterator[None]:
        """To be held while a message waits for those before it.

        Args:
            session_id: the session.
            is_emergency: finds out whether the message is one; it is asked only after a while.
        """
        alarms = self._of(session_id)
        task = asyncio.create_task(_hurry(alarms, is_emergency))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])

    def _of(self, session_id: str) -> _Alarms:
        found = self._sessions.get(session_id)
        if found is None:
            found = self._sessions[session_id] = _Alarms()
        return found


async def _hurry(alarms: _Alarms, is_emergency: Callable[[], Awaitable[bool]]) -> None:
    """Hurry those before, from when it is known to be needed until this is cancelled."""
    await asyncio.sleep(PATIENCE)
    if not await is_emergency():
        return
    alarms.begin()
    try:
        await asyncio.Event().wait()
    finally:
        alarms.end()
