"""The parts of the gateway, put together once."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request

from gateway import opening
from gateway.answering import Means
from gateway.bundle import Content
from gateway.bundles import Bundles
from gateway.downloads import Printer
from gateway.erasures import Erasures
from gateway.following import Following
from gateway.health import Canary
from gateway.hurry import Hurry
from gateway.metrics import Metrics
from gateway.rates import Rates
from gateway.recent import Recent
from gateway.recovery import Recovery
from gateway.retention import Retention
from gateway.sessions import Lifetime, SessionLocks
from gateway.settings import Settings
from gateway.store import Store
from gateway.stream import Streams
from gateway.turns import Turns
from records import database


@dataclass(frozen=True)
class Services:
    """What the routes work with."""

    settings: Settings
    bundles: Bundles
    following: Following
    store: Store
    turns: Turns
    erasures: Erasures
    canary: Canary
    printer: Printer
    locks: SessionLocks
    hurry: Hurry
    recent: Recent
    streams: Streams
    recovery: Recovery
    retention: Retention
    metrics: Metrics
    rates: Rates


@asynccontextmanager
async def open_services(
    settings: Settings, installed: Content | None, metrics: Metrics, rates: Rates
) -> AsyncIterator[Services]:
    """The parts, connected to the database and to Rasa for as long as the context lasts.

    Args:
        settings: where everything is.
        installed: what is served where there are no releases; None where there are.
        metrics: are told how everything goes.
        rates: how much is taken.
    """
    opened = database.Database(settings.database_url)
    bundles = await opening.bundles(settings, installed, opened, metrics)
    gc.collect()
    gc.freeze()  # what was read stays: looking through it again and again slows long texts by half
    following = Following(opened, settings, bundles, metrics)
    lifetime = Lifetime(timedelta(settings.session_idle_days), timedelta(settings.session_days))
    store = Store(opened, lifetime)
    streams, locks, recent, hurry = Streams(metrics), SessionLocks(), Recent(), Hurry()
    turns = Turns(Means(store, bundles, recent, streams, metrics, hurry, following.look))
    erasures = Erasures(store, bundles, recent, streams, locks)
    try:
        yield Services(
            settings=settings,
            bundles=bundles,
            following=following,
            store=store,
            turns=turns,
            erasures=erasures,
            canary=Canary(store, bundles, settings.dorsi_replica),
            printer=Printer(),
            locks=locks,
            hurry=hurry,
            recent=recent,
            streams=streams,
            recovery=Recovery(store, turns, locks),
            retention=Retention(store, erasures, locks, timedelta(settings.retention_days)),
            metrics=metrics,
            rates=rates,
        )
    finally:
        streams.close()
        for bundle in bundles.open:
            await bundle.rasa.close()
        await rates.close()
        await opened.close()


@asynccontextmanager
async def background(parts: Services) -> AsyncIterator[None]:
    """What goes on beside the requests, for as long as the context lasts."""
    tasks = [
        asyncio.create_task(parts.recovery.resume_all()),
        asyncio.create_task(parts.erasures.keep_retrying()),
        asyncio.create_task(parts.retention.keep_sweeping()),
    ]
    has_releases = parts.settings.dorsi_served is not None
    if has_releases:
        tasks.append(asyncio.create_task(parts.following.keep_following()))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        await parts.recovery.close()
        if has_releases:
            await parts.following.close()


async def services(request: Request) -> Services:
    """The parts, for a route; a coroutine, since anything else would be run in a thread."""
    found = request.app.state.services
    assert isinstance(found, Services)
    return found
