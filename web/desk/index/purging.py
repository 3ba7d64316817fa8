"""When erased words are purged from SQLite's search; `records.search` says how.

PostgreSQL's vacuum needs no help.
"""

import time

from sqlalchemy import Connection, delete, insert, select

from desk.index.reading import PURGE
from records import search
from records.conversations import Change
from records.database import Database

REST = 60.0
"""Seconds between two purges; what is erased meanwhile goes with the next."""
DUTY = 20
"""A purge that took long is followed by a rest so many times as long."""

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
            Whether it was done. Where somebody reads for long, what is erased is still in SQLite's
            log, and the purge is still asked for.
        """
        if not self._database.is_sqlite or time.monotonic() < self._not_before:
            return False
        wanted = await self._database.read(lambda db: db.scalars(_WANTED).all())
        if not wanted:
            return False
        began = time.monotonic()
        is_done = await search.purge(self._database)
        if is_done:
            # What was asked for meanwhile may be of words that were not yet gone.
            done = delete(Change).where(Change.id.in_(wanted))
            await self._database.write(lambda db: db.execute(done))
        took = time.monotonic() - began
        self._not_before = time.monotonic() + max(self._rest, DUTY * took)
        return is_done
