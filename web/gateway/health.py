"""Whether Dorsi answers: found out by asking, not by looking whether processes are there."""

import asyncio
import logging
import time
import uuid

from sqlalchemy.exc import SQLAlchemyError

from gateway.bundles import Bundles
from gateway.preparing import canary
from gateway.rasa import RasaUnavailable
from gateway.store import Store
from gateway.texts import UNKNOWN

log = logging.getLogger(__name__)

CACHE_SECONDS = 5.0


class Canary:
    """Sends a message through Rasa, as a patient would.

    Args:
        store: the transcript.
        bundles: what is served.
        replica: what this gateway is called among several.
    """

    def __init__(self, store: Store, bundles: Bundles, replica: str) -> None:
        self._store = store
        self._bundles = bundles
        self._replica = replica
        self._asking = asyncio.Lock()
        self._asked_at = float("-inf")
        self._trouble: str | None = None

    async def trouble(self) -> str | None:
        """What is wrong, or None; asked anew when the last result is some seconds old."""
        async with self._asking:
            if time.monotonic() - self._asked_at >= CACHE_SECONDS:
                self._trouble = await self._ask()
                self._asked_at = time.monotonic()
            return self._trouble

    async def _ask(self) -> str | None:
        try:
            await self._store.ping()
        except (SQLAlchemyError, OSError) as error:
            log.warning("the database does not answer", extra={"reason": type(error).__name__})
            return "the database does not answer"
        live = self._bundles.live
        sender = canary(self._replica, live.number)
        try:
            with self._bundles.held(live):
                await live.rasa.send(sender, str(uuid.uuid4()), region=UNKNOWN, text="hello")
                # A turn costs more the longer a conversation is, and this one would never end.
                await live.rasa.erase(sender)
        except RasaUnavailable as error:
            log.warning("the canary got no answer", extra={"reason": str(error)})
            return f"Rasa does not answer ({error})"
        return None
