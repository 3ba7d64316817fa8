"""The parts of the gateway, put together once."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import triage
from fastapi import Request

from gateway import database
from gateway.downloads import Printer
from gateway.erasures import Erasures
from gateway.health import Canary
from gateway.rasa import Rasa
from gateway.sessions import SessionLocks
from gateway.settings import Settings
from gateway.store import Store
from gateway.texts import Texts
from gateway.turns import Turns
from gateway.watch import Watcher


@dataclass(frozen=True)
class Services:
    """What the routes work with."""

    texts: Texts
    store: Store
    rasa: Rasa
    turns: Turns
    erasures: Erasures
    canary: Canary
    printer: Printer
    locks: SessionLocks


@asynccontextmanager
async def open_services(settings: Settings, texts: Texts) -> AsyncIterator[Services]:
    """The parts, connected to the database and to Rasa for as long as the context lasts."""
    triage.screener()  # read before the first patient waits for it
    gc.collect()
    gc.freeze()  # what was read stays: looking through it again and again slows long texts by half
    engine = database.connect(settings.database_url)
    rasa = Rasa(settings.rasa_url, settings.rasa_timeout)
    store = Store(engine)
    try:
        yield Services(
            texts=texts,
            store=store,
            rasa=rasa,
            turns=Turns(store, rasa, texts, Watcher(triage.advice())),
            erasures=Erasures(store, rasa),
            canary=Canary(store, rasa),
            printer=Printer(),
            locks=SessionLocks(),
        )
    finally:
        await rasa.close()
        await engine.dispose()


def services(request: Request) -> Services:
    """The parts, for a route."""
    found = request.app.state.services
    assert isinstance(found, Services)
    return found
