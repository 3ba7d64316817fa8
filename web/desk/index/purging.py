"""Purging erased words from SQLite's search.

FTS5 only notes that a text is gone: its words stay in the segments of the index until these are
merged. So after an erasure all segments are merged into one, a few pages at a time, and each
step is a transaction of its own: patients' turns go between. PostgreSQL's vacuum needs no help.
"""

import asyncio
import time
from functools import partial

from sqlalchemy import Connection, delete, insert, select, text

from desk.index.reading import PURGE
from records.conversations import SEARCH, Change
from records.database import Database

PAGES = 16
"""So many pages of about 4 kB are written in one step."""
REST = 60.0
"""Seconds between two purges; what is erased meanwhile goes with the next."""
DUTY = 20
"""A purge that took long is followed by a rest so many times as long."""
BREATH = 0.01

# A negative number takes all segments together, a positive one goes on with that.
_MERGE = text(f"INSERT INTO {SEARCH} ({SEARCH}, rank) VALUES ('merge', :pages)")
_CHANGES = text("SELECT total_changes()")
_NOTHING = 2
"""Fewer rows than these change where nothing was left to merge."""
_WANTED = select(Change.id).where(Change.session_id == PURGE)


def ask(db: Connection) -> None:
    """Ask for a purge: words were erased. One under way may have come too early for them."""
    if db.dialect.name == "sqlite":
        db.execute(insert(Change).values(session_id=PURGE))


class Purger:
    """Purges when it was asked for, now and then.

    Args:
        database: where the search is.
        rest: seconds between two purges.
    """

    def __init__(self, database: Database, rest: float = REST) -> None:
        self._database = database
        self._rest = rest
        self._not_before = 0.0

    async def purge(self) -> bool:
        """Purge the search, if that was asked for and is due.

        Returns:
            Whether it was done.
        """
        if not self._database.is_sqlite or time.monotonic() < self._not_before:
            return False
        wanted = await self._database.read(lambda db: db.scalars(_WANTED).all())
        if not wanted:
            return False
        began = time.monotonic()
        await self._merge()
        # What was asked for meanwhile may be of words that were not yet gone.
        done = delete(Change).where(Change.id.in_(wanted))
        await self._database.write(lambda db: db.execute(done))
        await self._database.empty_log()
        took = time.monotonic() - began
        self._not_before = time.monotonic() + max(self._rest, DUTY * took)
        return True

    async def _merge(self) -> None:
        step = partial(_step, pages=-PAGES)
        while await self._database.write(step):
            step = partial(_step, pages=PAGES)
            await asyncio.sleep(BREATH)


def _step(db: Connection, pages: int) -> bool:
    """Write a few pages; whether there was anything to do."""
    before: int = db.execute(_CHANGES).scalar_one()
    db.execute(_MERGE, {"pages": pages})
    after: int = db.execute(_CHANGES).scalar_one()
    return after - before >= _NOTHING
