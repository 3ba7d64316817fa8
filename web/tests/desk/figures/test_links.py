"""Every number that is a link leads to as many conversations as it says."""

import random
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import Connection, Engine, func, select

from desk.catalogue import Catalogue
from desk.figures import reading
from desk.figures.links import INBOX
from desk.figures.period import Period, last_days
from desk.figures.reading import Figures
from desk.inbox.asked import asked
from desk.inbox.filters import Around
from records.conversations import Conversation
from records.database import Database
from tests.desk.figures.filling import fill

UNTIL = datetime(2026, 5, 10, 15, 30, tzinfo=UTC)
COUNT = 400


async def figures(url: str, period: Period) -> Figures:
    opened = Database(url)
    try:
        return await reading.read(opened, period, Catalogue())
    finally:
        await opened.close()


def found(db: Connection, link: str) -> int:
    """How many conversations the inbox has at an address."""
    parts = urlsplit(link)
    assert parts.path == INBOX
    search = asked(parts.query)
    assert not search.problems
    around = Around(1, UNTIL, db.dialect.name == "sqlite")
    count = select(func.count()).select_from(Conversation).where(*search.conditions(around))
    return int(db.execute(count).scalar_one())


@pytest.mark.parametrize("seed", range(4))
async def test_a_linked_number_is_the_number_of_conversations_it_leads_to(
    any_url: str, engine: Engine, seed: int
) -> None:
    with engine.begin() as db:
        fill(db, COUNT, 70, UNTIL, seed)
    days = random.Random(seed).choice((1, 7, 30, 66))
    whole = await figures(any_url, last_days(days, UNTIL.date()))
    linked = [
        (table.key, row.name, number)
        for table in whole.tables.values()
        for row in table.rows
        for number in row.numbers
        if number.link
    ]
    assert {key for key, _, _ in linked} == set(whole.tables) - {"releases"}
    with engine.connect() as db:
        for key, name, number in linked:
            assert (key, name, found(db, number.link)) == (key, name, number.value)


async def test_weeks_lead_to_all_conversations_of_theirs(any_url: str, engine: Engine) -> None:
    with engine.begin() as db:
        fill(db, COUNT, 200, UNTIL)
    period = Period(UNTIL.date() - timedelta(days=120), UNTIL.date())
    table = (await figures(any_url, period)).tables["days"]
    assert table.head[0] == "Week"
    with engine.connect() as db:
        for row in table.rows:
            assert found(db, row.numbers[0].link) == row.numbers[0].value
