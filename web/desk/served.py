"""What patients are served: the content of the live release."""

import asyncio
from pathlib import Path

from desk import catalogue
from desk.catalogue import Catalogue
from desk.services import Services
from releases import folder, switching


async def data(services: Services) -> Path:
    """The folder of the content that is served; what was installed, where none was released."""
    number = await services.database.read(switching.live)
    if number is None:
        return services.settings.dorsi_data
    found = folder.place(services.settings.releases, number).data
    return found if found.is_dir() else services.settings.dorsi_data


async def titles(services: Services) -> Catalogue:
    """The titles of what Dorsi talks about now."""
    return await asyncio.to_thread(catalogue.recent, await data(services))
