"""`python -m tests.desk.figures.speed URL`: how long the figures of 100,000 conversations take.

URL is an empty database of its own, which is filled and stays so. On SQLite the processor's time
counts, too: the queries run within this process.
"""

import argparse
import asyncio
import time

from sqlalchemy import Engine, func, select

from desk.catalogue import Catalogue
from desk.figures import reading
from desk.figures.drawing import charts
from desk.figures.period import last_days
from records import database
from records.base import now
from records.conversations import Conversation
from records.database import Database
from tests.desk.figures.filling import fill

COUNT, DAYS = 100_000, 180
TIMES = 7


def main() -> None:
    """Fill the database if it is empty, and print the best of some readings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    url = parser.parse_args().url
    database.migrate(url)
    engine = database.connect(url)
    _prepare(engine)
    engine.dispose()
    asyncio.run(_measure(url))


def _prepare(engine: Engine) -> None:
    with engine.begin() as db:
        if not db.scalar(select(func.count()).select_from(Conversation)):
            fill(db, COUNT, DAYS, now())
    with engine.connect() as db:
        db.exec_driver_sql("ANALYZE")
        db.commit()


async def _measure(url: str) -> None:
    opened = Database(url)
    for days in (7, 30, 90):
        period = last_days(days, now().date())
        wall, processor = [], []
        for _ in range(TIMES):
            began, used = time.perf_counter(), time.process_time()
            found = await reading.read(opened, period, Catalogue())
            charts(found.daily, period)
            wall.append(time.perf_counter() - began)
            processor.append(time.process_time() - used)
        count = found.daily.total(period).conversations
        print(
            f"{days} days, {count} conversations beside those before: {min(wall) * 1000:.0f} ms, "
            f"of the processor {min(processor) * 1000:.0f} ms"
        )
    await opened.close()


if __name__ == "__main__":
    main()
