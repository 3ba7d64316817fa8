"""The number of incidents that are not closed, beside their entry of the menu on every page."""

from desk.review import reading
from records.database import Database


async def open_incidents(database: Database) -> int:
    """How many there are now."""
    return await database.read(reading.open_incidents)
