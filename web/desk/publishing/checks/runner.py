"""The process that runs the checks, one at a time, and says that it is alive meanwhile."""

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from desk.publishing.checks import folders, leftovers, queue, words
from desk.publishing.checks.child import Child
from desk.publishing.checks.lines import Progress
from desk.publishing.checks.outcome import Outcome, outcome
from desk.publishing.checks.queue import BEAT_SECONDS, Taken, Told
from desk.services import Services
from desk.settings import REPOSITORY, Settings
from records.base import now
from records.words import CheckStatus

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
AFTER_FAILURE = 5.0
# What the stack sets for the patients' processes: the checks are about other content.
NOT_FOR_THEM = ("DORSI_DATA", "DORSI_MODEL", "DATABASE_URL", "EVENTS_URL", "DIARY_URL")


class CannotCheck(Exception):
    """There is nothing that could be checked; the text says why and what to do."""


@dataclass(frozen=True)
class Laid:
    """What is to be checked, laid out: `options` are those of the checks' command.

    `reason` is the change's, which some of the checks go by.
    """

    commit: str
    against: int | None
    options: Sequence[str]
    reason: str = ""


type LayOut = Callable[[Services, Taken, Path], Awaitable[Laid]]


class Runner:
    """Takes checks from the queue and runs them.

    Args:
        services: the desk's parts.
        lay_out: lays out what a check is about in its folder.
    """

    def __init__(self, services: Services, lay_out: LayOut) -> None:
        self._services = services
        self._database = services.database
        self._lay_out = lay_out
        self._child: Child | None = None

    async def keep_running(self) -> None:
        """Run what is asked for until this is cancelled; what is under way waits again then."""
        while True:
            try:
                ran = await self.one()
            except (SQLAlchemyError, TimeoutError, OSError) as error:
                log.error("the queue cannot be read", extra={"reason": type(error).__name__})
                await asyncio.sleep(AFTER_FAILURE)
                continue
            await asyncio.sleep(0 if ran else LOOK_SECONDS)

    async def one(self) -> bool:
        """Run the check that has waited longest; False if there is none."""
        for dead in await self._database.write(lambda db: queue.give_up_dead(db, now())):
            leftovers.end(folders.of(self._services.settings, dead))
        taken = await self._database.write(queue.take)
        if taken is None:
            return False
        log.info("checks begin", extra={"check": taken.id, "change": taken.change_id})
        try:
            found = await self._outcome(taken)
        except asyncio.CancelledError:
            await asyncio.shield(self._database.write(lambda db: queue.put_back(db, taken.id)))
            raise
        if found is not None:
            await self._database.write(
                lambda db: queue.finish(db, taken.id, found.status, found.message, found.report)
            )
        told = {"check": taken.id, "status": str(found.status) if found else "given up"}
        log.info("checks end", extra=told)
        return True

    async def _outcome(self, taken: Taken) -> Outcome | None:
        """What comes of a check; None where nobody waits for it any more."""
        self._child = None
        working = asyncio.create_task(self._checked(taken))
        beating = asyncio.create_task(self._beat(taken))
        try:
            await asyncio.wait({working, beating}, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                return working.result()
            cancelled = beating.result() is Told.CANCEL
            return Outcome(CheckStatus.CANCELLED) if cancelled else None
        finally:
            working.cancel()
            beating.cancel()
            await asyncio.gather(working, beating, return_exceptions=True)

    async def _checked(self, taken: Taken) -> Outcome:
        settings = self._services.settings
        try:
            folder = await asyncio.to_thread(folders.fresh, settings, taken.id)
            laid = await self._lay_out(self._services, taken, folder)
            if not await self._database.write(
                lambda db: queue.begin(db, taken.id, laid.commit, laid.against)
            ):
                return Outcome(CheckStatus.CANCELLED)
            command = [str(settings.dorsi_assistant_python), "-m", "gate", *laid.options]
            self._child = Child(command, folder, at=REPOSITORY, variables=_variables(settings))
            ended = await self._child.run(settings.desk_check_minutes * 60)
            return await asyncio.to_thread(outcome, ended, folder, settings, laid.reason)
        except CannotCheck as error:
            return Outcome(CheckStatus.BROKEN, str(error))
        except Exception as error:
            log.exception("the checks could not be run", extra={"check": taken.id})
            return Outcome(CheckStatus.BROKEN, f"{words.NOT_STARTED} ({type(error).__name__})")
        finally:
            await asyncio.to_thread(folders.tidy, settings, taken.id)

    async def _beat(self, taken: Taken) -> Told:
        """Say that it is alive until something else than to go on is told, and give that."""
        while True:
            try:
                told = await self._database.write(self._alive(taken))
            except (SQLAlchemyError, TimeoutError, OSError) as error:
                # Where it stays away for long the check is held for dead.
                log.error("no sign of life", extra={"reason": type(error).__name__})
            else:
                if told is not Told.GO_ON:
                    return told
            await asyncio.sleep(BEAT_SECONDS)

    def _alive(self, taken: Taken) -> Callable[[Connection], Told]:
        far = self._child.progress if self._child else Progress()
        return lambda db: queue.beat(db, taken.id, far.step, far.percent, far.message)


def _variables(settings: Settings) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in NOT_FOR_THEM}
    home = str(settings.dorsi_home.absolute())
    return {**kept, "PYTHONPATH": str(REPOSITORY), "DORSI_HOME": home, "PYTHONUNBUFFERED": "1"}
