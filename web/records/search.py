"""Taking erased words out of the search, for good.

FTS5 only notes that a text is gone; its words stay in the file until what is noted is merged with
what it takes away. PostgreSQL's search is a column of the row and goes with it.
"""

import asyncio

from sqlalchemy import Connection, text

from records.conversations import SEARCH
from records.database import Database

# Pages of about 4 kB for each transaction: patients' messages are written between them.
PAGES = 16
BREATH = 0.01
# A negative number takes all segments together, a positive one goes on with that.
_MERGE = text(f"INSERT INTO {SEARCH}({SEARCH}, rank) VALUES ('merge', :pages)")


async def purge(database: Database) -> bool:
    """Merge the whole search, a part in each transaction, and empty SQLite's log after it.

    Returns:
        Whether the words are in SQLite's files no more.
    """
    if not database.is_sqlite:
        return False
    await database.write(lambda db: merge(db, is_first=True))
    while await database.write(merge):
        await asyncio.sleep(BREATH)
    return await database.empty_log()


def merge(db: Connection, *, is_first: bool = False) -> bool:
    """Merge a part of the search.

    Args:
        db: a transaction on SQLite that writes.
        is_first: whether this begins merging all there is into one.

    Returns:
        Whether there may be more to merge.
    """
    before = _changes(db)
    db.execute(_MERGE, {"pages": -PAGES if is_first else PAGES})
    # The statement itself counts as one change.
    return _changes(db) - before > 1


def _changes(db: Connection) -> int:
    driver = db.connection.driver_connection
    assert driver is not None
    return int(driver.total_changes)
