"""`python -m desk index`: bring the index up to date, or make all of it anew."""

import argparse
import asyncio
import sys
import time

from sqlalchemy import func, select

from desk.commands import Command
from desk.index.indexer import Done, Indexer
from desk.index.masking import MASK
from desk.index.purging import Purger
from desk.index.reading import PURGE
from desk.settings import Settings
from records import database
from records.conversations import Change
from records.database import Database

TOLD_EVERY = 2.0
AGAIN = 0.5
TRIES = 20

_WAITING = select(func.count(Change.session_id.distinct())).where(Change.session_id != PURGE)


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--rebuild", action="store_true", help="read every session anew")


def run(settings: Settings, asked: argparse.Namespace) -> None:
    """Index until nothing waits, and tell how far it has come.

    Raises:
        records.database.OutOfDate: the database is not migrated.
    """
    database.check(settings.database_url)
    asyncio.run(_index(settings.database_url, is_rebuild=asked.rebuild))


async def _index(url: str, *, is_rebuild: bool) -> None:
    opened = Database(url)
    try:
        indexer = Indexer(opened, MASK)
        if is_rebuild:
            await indexer.ask_for_all()
        done = await drain(opened, indexer)
        await Purger(opened, rest=0).purge()
    finally:
        await opened.close()
    odd = f"; {done.odd} parts of notes could not be read" if done.odd else ""
    failed = f"; {done.failed} tries failed" if done.failed else ""
    print(f"indexed {done.sessions:,} sessions{odd}{failed}", file=sys.stderr)


async def drain(opened: Database, indexer: Indexer) -> Done:
    """Index until nothing waits; what another indexer holds is waited for a while."""
    total, tries, told = Done(), 0, time.monotonic()
    while (waiting := await opened.read(lambda db: db.execute(_WAITING).scalar_one())) and (
        tries < TRIES
    ):
        batch = await indexer.batch()
        while batch.sessions:
            tries = 0
            total.sessions += batch.sessions
            total.odd += batch.odd
            total.failed += batch.failed
            if time.monotonic() - told > TOLD_EVERY:
                told = time.monotonic()
                print(f"{total.sessions:,} of about {waiting:,} sessions", file=sys.stderr)
            batch = await indexer.batch()
        tries += 1
        await asyncio.sleep(AGAIN if tries > 1 else 0)
    return total


COMMAND = Command("index", "bring the inbox up to date with what was said", run, arguments)
