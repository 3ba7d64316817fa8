"""The parts of the gateway, put together once."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import triage
from fastapi import Request

from gateway.downloads import Printer
from gateway.erasures import Erasures
from gateway.health import Canary
from gateway.hurry import Hurry
from gateway.metrics import Metrics
from gateway.rasa import Rasa
from gateway.rates import Rates
from gateway.recent import Recent
from gateway.recovery import Recovery
from gateway.retention import Retention
from gateway.screening import Screener
from gateway.sessions import Lifetime, SessionLocks
from gateway.settings import Settings
from gateway.store import Store
from gateway.stream import Streams
from gateway.texts import Texts
from gateway.turns import Turns
from gateway.watch import Watcher
from records import database


@dataclass(frozen=True)
class Services:
    """What the routes work with."""

    settings: Settings
    texts: Texts
    store: Store
    rasa: Rasa
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
    settings: Settings, texts: Texts, metrics: Metrics, rates: Rates
) -> AsyncIterator[Services]:
    """The parts, connected to the database and to Rasa for as long as the context lasts."""
    triage.screener()  # read before the first patient waits for it
    gc.collect()
    gc.freeze()  # what was read stays: looking through it again and again slows long texts by half
    opened = database.Database(settings.database_url)
    lifetime = Lifetime(timedelta(settings.session_idle_days), timedelta(settings.session_days))
    store = Store(opened, lifetime)
    rasa = Rasa(settings.rasa_url, settings.rasa_timeout)
    streams, locks, recent, hurry = Streams(metrics), SessionLocks(), Recent(), Hurry()
    screener = Screener(texts, Watcher(triage.advice()), metrics)
    turns = Turns(store, rasa, texts, screener, recent, streams, metrics, hurry)
    erasures = Erasures(store, rasa, recent, streams, locks)
    try:
        yield Services(
            settings=settings,
            texts=texts,
            store=store,
            rasa=rasa,
            turns=turns,
            erasures=erasures,
            canary=Canary(store, rasa),
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
        await rasa.close()
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
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        await parts.recovery.close()


async def services(request: Request) -> Services:
    """The parts, for a route; a coroutine, since anything else would be run in a thread."""
    found = request.app.state.services
    assert isinstance(found, Services)
    return found
