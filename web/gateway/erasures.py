"""Erasing a session here, at once, and in Rasa, as soon as Rasa can be told."""

import asyncio
import logging

from gateway.rasa import Rasa, RasaUnavailable
from gateway.recent import Recent
from gateway.sessions import short_hash
from gateway.store import Store
from gateway.stream import ERASED, Streams
from records.models import Erasure, Session

log = logging.getLogger(__name__)

RETRY_SECONDS = 60.0


class Erasures:
    """Erases sessions."""

    def __init__(self, store: Store, rasa: Rasa, recent: Recent, streams: Streams) -> None:
        self._store = store
        self._rasa = rasa
        self._recent = recent
        self._streams = streams

    async def erase(self, session: Session, *, with_diary: bool = True) -> None:
        """Erase everything of a session, and the diary of its browser.

        The diary is on Rasa's side. Where Rasa cannot be told now, `retry` tells it later. The
        caller sees to it that no turn of the session is under way.

        Args:
            session: which.
            with_diary: False leaves the diary, which other sessions of the browser may go on with.
        """
        erasure = await self._store.erase(session, with_diary=with_diary)
        self._recent.forget(session)
        self._streams.publish(session.id, ERASED)
        log.info("session erased", extra={"session": short_hash(session.id)})
        await self._tell(erasure)

    async def retry(self) -> None:
        """Tell Rasa of the sessions of which it could not be told before."""
        for erasure in await self._store.erasures():
            await self._tell(erasure)

    async def keep_retrying(self) -> None:
        """Retry now and then, for ever."""
        while True:
            try:
                await self.retry()
            except Exception:
                log.exception("erasures could not be retried")
            await asyncio.sleep(RETRY_SECONDS)

    async def _tell(self, erasure: Erasure) -> None:
        try:
            await self._rasa.erase(erasure.session_id, erasure.diary_hash)
        except RasaUnavailable as error:
            log.warning(
                "Rasa is not told of an erasure yet",
                extra={"session": short_hash(erasure.session_id), "reason": str(error)},
            )
        else:
            await self._store.erased_everywhere(erasure.session_id)
