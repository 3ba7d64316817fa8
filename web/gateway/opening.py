"""What a gateway serves when it starts: what is live now, or was when everything was started."""

import logging
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import Connection

from gateway.bundle import Bundle, Content, put_together, read
from gateway.bundles import Bundles
from gateway.metrics import Metrics
from gateway.settings import Settings
from records.base import now
from records.database import Database
from releases import engines, folder, switching

log = logging.getLogger(__name__)


async def bundles(
    settings: Settings, installed: Content | None, database: Database, metrics: Metrics
) -> Bundles:
    """The bundles to begin with; nobody is served meanwhile.

    Args:
        settings: where everything is.
        installed: what is served where there are no releases; None where there are.
        database: where the switches are.
        metrics: are told how long screening takes.

    Raises:
        gateway.texts.ContentError: a content file lacks something that is needed.
        triage.files.KnowledgeError: the same of the files about red flags.
        Exception: whatever the database raises.
    """
    if installed is not None:
        return Bundles(put_together(installed, settings.rasa_url, settings, metrics))
    drain = timedelta(minutes=settings.dorsi_drain_minutes)
    live, before = await database.read(lambda db: _served(db, now() - drain))
    number, switch = live
    here = _bundle(settings, metrics, number)
    if here is None:
        # It went live while this machine was being started: it is followed as soon as it can be.
        assert settings.dorsi_served is not None, "without releases something is installed"
        switch, here = 0, _first(settings, metrics, settings.dorsi_served)
    found = Bundles(here, switch, drain)
    for earlier, since in before:
        # Somebody may be in the middle of something that began with it.
        left = _left(settings, metrics, earlier) if earlier != here.number else None
        if left is not None:
            found.drain(left, since)
    return found


def _left(settings: Settings, metrics: Metrics, number: int) -> Bundle | None:
    """The bundle of a release that drains; what cannot be read of it stops nobody."""
    try:
        return _bundle(settings, metrics, number)
    except Exception:
        log.exception("a release that drains cannot be read", extra={"release": number})
        return None


def _served(
    db: Connection, since: datetime
) -> tuple[tuple[int | None, int], list[tuple[int, datetime]]]:
    """The live release and its switch; and those that drain, with the moment they were replaced."""
    found = switching.history(db, since)
    live = (found[0].release, found[0].id) if found else (None, 0)
    before = [
        (earlier.release, later.live_at)
        for later, earlier in pairwise(found)
        if later.live_at is not None and later.live_at > since
    ]
    return live, before


def _bundle(settings: Settings, metrics: Metrics, number: int | None) -> Bundle | None:
    """The bundle of a release that has an engine here; None if it has none."""
    engine = None if number is None else engines.read(settings.dorsi_home, number)
    if engine is None or engine.leaving:
        return None
    data = folder.place(settings.releases, engine.release).data
    return put_together(read(data, engine.release), engine.rasa, settings, metrics)


def _first(settings: Settings, metrics: Metrics, number: int) -> Bundle:
    """The bundle of the engine that everything was started with."""
    content = read(folder.place(settings.releases, number).data, number)
    return put_together(content, settings.rasa_url, settings, metrics)
