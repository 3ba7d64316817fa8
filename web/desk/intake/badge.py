"""How much of reviews is open for the editors, beside its entry of the menu on every page."""

from desk.intake import from_reviews
from records.database import Database


async def open_work(database: Database) -> int:
    """How much there is now."""
    return await database.read(from_reviews.count)
