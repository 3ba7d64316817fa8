"""Erasing a session here, at once, and in Rasa, as soon as Rasa can be told."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from gateway.bundles import Bundles
from gateway.rasa import RasaUnavailable
from gateway.recent import Recent
from gateway.sessions import SessionLocks, short_hash
from gateway.store import Store
from gateway.stream import ERASED, Streams
from records.models import Erasure, Session

log = logging.getLogger(__name__)

RETRY_SECONDS = 60.0


class Erasures:
    """Erases sessions.

    Args:
        store: the transcript.
        bundles: their Rasas have to be told.
        recent: what is at hand of the sessions.
        streams: are told of it.
        locks: keep a turn that is under way from writing to Rasa after Rasa was told.
    """

    def __init__(
        self, store: Store, bundles: Bundles, recent: Recent, streams: Streams, locks: SessionLocks
    ) -> None:
        self._store = store
        self._bundles = bundles
        self._recent = recent
        self._streams = streams
        self._locks = locks
        # What an earlier process erased may still be in the file of the search.
        self._owes_purge = True

    async def erase(self, session: Session, *, with_diary: bool = True) -> None:
        """Erase everything of a session, and the diary of its browser.

        The diary is on Rasa's side. Where Rasa cannot be told now, `retry` tells it later. The
        caller sees to it that no turn of the session is under way.

        Args:
            session: which.
            with_diary: False leaves the diary, which other sessions of the browser may go on with.
        """
        erasure = await self._store.erase(session, with_diary=with_diary)
        self._gone(session)
        await self._tell(erasure)

    async def erase_outdated(self, sessions: Sequence[Session], before: datetime) -> int:
        """Erase those of some sessions in which nothing was said since then; all or none.

        Their diaries are left. The caller sees to it that no turn of them is under way.

        Returns:
            How many were erased.
        """
        erased = {
            erasure.session_id: erasure
            for erasure in await self._store.erase_outdated(sessions, before)
        }
        for session in sessions:
            if session.id in erased:
                self._gone(session)
        for erasure in erased.values():
            await self._tell(erasure)
        return len(erased)

    async def retry(self) -> None:
        """Tell Rasa of the sessions of which it was not told yet, whoever erased them."""
        for erasure in await self._store.erasures():
            async with self._locks.hold(erasure.session_id):
                await self._tell(erasure)

    async def purge(self) -> None:
        """Take the words of what was erased out of the file of the search, too."""
        if self._owes_purge:
            # Something may be erased meanwhile, and is owed then whatever comes of this.
            self._owes_purge = done = False
            try:
                done = await self._store.purge_search()
            finally:
                self._owes_purge = self._owes_purge or not done

    async def keep_retrying(self) -> None:
        """Do both now and then, for ever."""
        while True:
            for work in (self.retry, self.purge):
                try:
                    await work()
                except Exception:
                    log.exception("erasures could not be retried")
            await asyncio.sleep(RETRY_SECONDS)

    def _gone(self, session: Session) -> None:
        self._owes_purge = True
        self._recent.forget(session)
        self._streams.publish(session.id, ERASED)
        log.info("session erased", extra={"session": short_hash(session.id)})

    async def _tell(self, erasure: Erasure) -> None:
        live, *others = self._bundles.open
        try:
            with self._bundles.held(live):
                await live.rasa.erase(erasure.session_id, erasure.diary_hash)
        except RasaUnavailable as error:
            log.warning(
                "Rasa is not told of an erasure yet",
                extra={"session": short_hash(erasure.session_id), "reason": str(error)},
            )
        else:
            await self._store.erased_everywhere(erasure.session_id)
        for bundle in others:
            # They share the database, but each has the last conversations in memory.
            with suppress(RasaUnavailable), self._bundles.held(bundle):
                await bundle.rasa.erase(erasure.session_id)
