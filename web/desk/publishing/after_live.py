"""What is done once a release is live: a list that each package adds its part to.

The desk looks for it by itself, so that it is done however the release went live, and once more
when the desk starts, for it may have been down: each part has to bear being done twice.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from desk.intake.scoring import rescore
from desk.publishing.releasing import clearing
from desk.services import Services
from releases import switching

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0

type Hook = Callable[[Services, int], Awaitable[None]]


async def clear_away(services: Services, _: int) -> None:
    """Clear away the folders of old releases."""
    most = services.settings.desk_releases_kept
    gone = await services.database.write(lambda db: clearing.give_up(db, most))
    await asyncio.to_thread(clearing.remove, services.settings.releases, gone)


HOOKS: Sequence[Hook] = (rescore, clear_away)


@asynccontextmanager
async def following(services: Services, hooks: Sequence[Hook] = HOOKS) -> AsyncIterator[None]:
    """Do what is to be done after each release that goes live, while the context lasts."""
    running = asyncio.create_task(_follow(services, hooks))
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def _follow(services: Services, hooks: Sequence[Hook]) -> None:
    done: int | None = None
    while True:
        try:
            if await services.database.read(switching.preparing):
                # Where no replica is there, nobody else would say that it has failed.
                await services.database.write(switching.settle)
            live = await services.database.read(switching.live)
        except Exception as error:
            log.error("what is live is not known", extra={"reason": type(error).__name__})
            live = None
        if live is not None and live != done:
            await _do(services, live, hooks)
            done = live
        await asyncio.sleep(LOOK_SECONDS)


async def _do(services: Services, live: int, hooks: Sequence[Hook]) -> None:
    for hook in hooks:
        try:
            await hook(services, live)
        except Exception:
            # The others are done all the same; a patient is served either way.
            log.exception("a part of what comes after a release failed", extra={"release": live})
