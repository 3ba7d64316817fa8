"""The parts of the desk, put together once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.requests import Request

from desk.settings import Settings
from desk.workbench.client import Workbench
from desk.workbench.previews import Previews
from editing.repository import Repository
from records.database import Database


@dataclass(frozen=True)
class Services:
    """What the routes work with."""

    settings: Settings
    database: Database
    workbench: Workbench
    repository: Repository
    """Reading and writing it takes a while: to be done in a thread."""
    previews: Previews = field(default_factory=Previews)


@asynccontextmanager
async def open_services(settings: Settings) -> AsyncIterator[Services]:
    """The parts, connected to the database for as long as the context lasts."""
    database = Database(settings.database_url)
    workbench = Workbench(
        settings.dorsi_assistant_python,
        settings.dorsi_data.absolute(),
        settings.dorsi_home.absolute(),
    )
    repository = Repository.open(
        settings.dorsi_home, settings.dorsi_content_repository, settings.dorsi_content_branch
    )
    try:
        yield Services(
            settings=settings, database=database, workbench=workbench, repository=repository
        )
    finally:
        await workbench.close()
        await database.close()


def services(request: Request) -> Services:
    """The parts, for a route."""
    found = request.app.state.services
    assert isinstance(found, Services)
    return found
