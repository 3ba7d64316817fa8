"""Following the switches: what is live, what has to be made ready, and telling of both."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from gateway.bundles import Bundles
from gateway.metrics import Metrics
from gateway.preparing import Preparation
from gateway.settings import Settings
from records.base import now
from records.database import Database
from releases import replicas, switching
from releases.replicas import BEAT, Told

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.4
"""So often the switches are looked at; no longer do two replicas serve different releases."""
AT_ONCE_SECONDS = 2.0


@dataclass(frozen=True)
class Known:
    """What the database says.

    Attributes:
        live: the switch that says what is served, with its release and its moment.
        wanted: the switch under way, with its release.
    """

    live: tuple[int, int, datetime] | None
    wanted: tuple[int, int] | None


def look(db: Connection) -> Known:
    """What the database says of switches."""
    live, wanted = switching.latest(db), switching.preparing(db)
    return Known(
        live=None if live is None else (live.id, live.release, live.live_at or now()),
        wanted=None if wanted is None else (wanted.id, wanted.release),
    )


class Following:
    """Keeps the bundles in step with the switches.

    While the database does not answer, everything stays as it is.

    Args:
        database: where the switches are.
        settings: what this replica is called, and where everything lies.
        bundles: what is served here.
        metrics: are told of the screening in bundles that are made.
    """

    def __init__(
        self, database: Database, settings: Settings, bundles: Bundles, metrics: Metrics
    ) -> None:
        self._database = database
        self._settings = settings
        self._bundles = bundles
        self._metrics = metrics
        self._looking = asyncio.Lock()
        self._preparation: Preparation | None = None
        self._told: Told | None = None
        self._told_at: datetime | None = None
        self._is_quiet = False

    async def keep_following(self) -> None:
        """Look now and then, for ever."""
        while True:
            try:
                await self._look()
                self._is_quiet = False
            except Exception as error:
                if not self._is_quiet:
                    extra = {"reason": type(error).__name__}
                    log.warning("what is to be served is not known; it stays", extra=extra)
                self._is_quiet = True
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Look at once; never fails, nor takes long."""
        try:
            async with asyncio.timeout(AT_ONCE_SECONDS):
                await self._look()
        except Exception as error:
            extra = {"reason": type(error).__name__}
            log.warning("a newer switch could not be followed at once", extra=extra)

    async def close(self) -> None:
        """Tell that this replica is gone, as far as that can be told."""
        if self._preparation is not None:
            await self._preparation.give_up()
        try:
            name = self._settings.dorsi_replica
            await self._database.write(lambda db: replicas.leave(db, name))
        except Exception:
            log.warning("nobody could be told that this replica is gone")

    async def _look(self) -> None:
        async with self._looking:
            known = await self._database.read(look)
            # First: what is live now may be what was prepared until this moment.
            await self._follow(known)
            await self._prepare(known)
            await self._follow(known)
            for bundle in self._bundles.drained():
                await bundle.rasa.close()
                log.info("a release is served no more", extra={"release": bundle.number})
            await self._tell()

    async def _prepare(self, known: Known) -> None:
        """Have in preparation what is wanted, and nothing else."""
        wanted = known.wanted
        if wanted is None and known.live and known.live[1] != self._bundles.live.number:
            wanted = (0, known.live[1])
        now_under_way = self._preparation
        if now_under_way is not None:
            # What is live now was prepared for the switch that made it live.
            is_live = wanted == (0, now_under_way.number) and not now_under_way.trouble
            if is_live or wanted == (now_under_way.switch, now_under_way.number):
                return
            self._preparation = None
            await now_under_way.give_up()
        if wanted is not None:
            switch, number = wanted
            self._preparation = Preparation(
                self._settings, self._metrics, self._bundles, number, switch
            )

    async def _follow(self, known: Known) -> None:
        """Serve what is live, if it is ready here; else what is served stays until it is."""
        if known.live is None or known.live[0] == self._bundles.switch:
            return
        switch, number, since = known.live
        bundle = self._bundles.find(number)
        if self._preparation is not None and self._preparation.number == number:
            bundle = self._preparation.bundle
        if bundle is not None:
            self._bundles.go_live(bundle, switch, since)
            log.info("a release is live", extra={"release": number, "switch": switch})

    async def _tell(self) -> None:
        """Tell of this replica, where something is new or it is time."""
        under_way, live = self._preparation, self._bundles.live.number
        told = Told(
            serving=live,
            ready=under_way.number if under_way and under_way.bundle else None,
            ready_for=under_way.switch if under_way else 0,
            draining=self._bundles.draining,
            trouble=under_way.trouble if under_way else "",
        )
        at = now()
        if told == self._told and self._told_at is not None and at - self._told_at < BEAT:
            return
        name = self._settings.dorsi_replica
        await self._database.write(lambda db: replicas.tell(db, name, told))
        self._told, self._told_at = told, at
