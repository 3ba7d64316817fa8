"""All figures of a period, read at once: each query in a thread of its own."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from desk.catalogue import Catalogue
from desk.figures import counting, tables
from desk.figures.backlog import Backlog, backlog
from desk.figures.counting import Daily
from desk.figures.period import Period
from desk.figures.tables import Table
from records.database import Database


@dataclass(frozen=True)
class Figures:
    """What is known of a period, and the tables made of it by their keys."""

    daily: Daily
    backlog: Backlog
    unanswered: Mapping[str, int]
    tables: Mapping[str, Table]


async def read(database: Database, period: Period, known: Catalogue) -> Figures:
    """All figures of a period.

    Args:
        database: where the index's tables are.
        period: whose figures.
        known: the titles of topics and red flags.
    """
    daily, kinds, flags, topics, unanswered, waiting = await asyncio.gather(
        database.read(lambda connection: counting.daily(connection, period)),
        database.read(lambda connection: counting.kinds(connection, period)),
        database.read(lambda connection: counting.flags(connection, period)),
        database.read(lambda connection: counting.topics(connection, period)),
        database.read(lambda connection: counting.unanswered_kinds(connection, period)),
        database.read(backlog),
    )
    made = (
        tables.overview(daily, period),
        tables.days(daily, period),
        tables.flags(flags, period, known),
        tables.topics(topics, period, known),
        tables.unfinished(kinds, period),
        tables.regions(kinds, period),
        tables.releases(kinds),
        tables.reviews(waiting),
    )
    return Figures(daily, waiting, unanswered, {table.key: table for table in made})
