"""The release that is live, as the analysis reads it."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from desk import served
from desk.analysis.report import Measured, read
from desk.services import Services
from records.publishing import Release
from releases import switching


@dataclass(frozen=True)
class Live:
    """What is live.

    Attributes:
        data: the folder of its content.
        number: the release; None before there is any.
        measured: what its checks found; None where they found nothing.
    """

    data: Path
    number: int | None = None
    measured: Measured | None = None


async def live(services: Services) -> Live:
    """The release that is live, or the content that was installed."""
    data = await served.data(services)
    number, measured = await services.database.read(_measured)
    return Live(data, number, measured)


def _measured(connection: Connection) -> tuple[int | None, Measured | None]:
    number = switching.live(connection)
    asked = select(Release.figures).where(Release.number == number)
    return number, read(connection.execute(asked).scalar_one_or_none())
