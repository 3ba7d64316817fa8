"""The number of emergencies not reviewed, beside the inbox's entry of the menu on every page."""

from desk.inbox import views
from desk.inbox.filters import Around
from records.base import now
from records.database import Database

NOBODY = 0


async def emergencies(database: Database) -> int:
    """How many there are now."""
    around = Around(NOBODY, now(), database.is_sqlite)
    return await database.read(lambda db: views.emergencies(db, around))
