"""The parts of the desk, put together once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.requests import Request

from desk.settings import Settings
from records.database import Database


@dataclass(frozen=True)
class Services:
    """What the routes work with."""

    settings: Settings
    database: Database


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """The parts, connected to the database for as long as the context lasts."""
    database = Database(settings.database_url)
    try:
        yield Services(settings=settings, database=database)
    finally:
        await database.close()


def services(request: Request) -> Services:
    """The parts, for a route."""
    found = request.app.state.services
    assert isinstance(found, Services)
    return found
