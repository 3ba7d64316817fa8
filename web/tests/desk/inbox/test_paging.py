"""Pages of the inbox: each conversation once, both ways, whatever comes in between."""

import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, select

from desk.inbox import listing
from desk.inbox.asked import Asked, asked
from desk.inbox.filters import Around
from desk.inbox.sorting import SORTS
from desk.settings import Settings
from records.conversations import Conversation
from records.database import Database
from tests.desk.inbox.conftest import add

PRESENT = datetime(2026, 5, 1, tzinfo=UTC)
COUNT = 170
QUERIES = (
    "", "level=emergency", "q=toes", "q=toes&level=none", "sure_below=0.5", "days=20",
    "status=open&fallbacks=1", "topic=causes/ms", "flag=numb", "region=IE&q=heel", "unfinished=any",
    "doubt_above=0.05",
)  # fmt: skip


@pytest.fixture
async def database(desk_settings: Settings) -> AsyncIterator[Database]:
    """A database with conversations, many of which share the moment and the confidence."""
    opened = Database(desk_settings.database_url)
    await opened.write(lambda db: fill(db, COUNT, random.Random(3)))
    yield opened
    await opened.close()


def fill(db: Connection, count: int, draw: random.Random) -> None:
    for _ in range(count):
        add(
            db,
            words=draw.choice(["my toes drag", "the heel", "toes and heel"]),
            at=PRESENT - timedelta(days=draw.randrange(40)),
            level=draw.choice([0, 0, 0, 1, 2, 3]),
            confidence=draw.choice([None, 0.25, 0.5, 0.75]),
            doubt=draw.choice([0.0, 0.05, 0.3]),
            fallbacks=draw.randrange(3),
            region=draw.choice(["GB", "IE"]),
            status=draw.choice(["new", "done"]),
            unfinished=draw.choice([None, "exercise"]),
            topics=draw.choice([(), ("causes/ms",), ("causes/ms", "causes/stroke")]),
            flags=draw.choice([(), ("numb",)]),
        )


def around(database: Database) -> Around:
    return Around(0, PRESENT, database.is_sqlite)


async def page(database: Database, wanted: Asked) -> listing.Listing:
    return await database.read(lambda db: listing.listing(db, wanted, around(database)))


async def walk(database: Database, query: str, direction: str = "after") -> list[list[int]]:
    """The pages of a search from one end to the other, by the conversations' numbers."""
    wanted, pages = asked(query), list[list[int]]()
    while True:
        assert not wanted.problems
        found = await page(database, wanted)
        pages.append([row.number for row in found.rows])
        place = found.older if direction == "after" else found.newer
        if place is None:
            return pages
        wanted = asked(wanted.changed(**{direction: place}))


async def expected(database: Database, query: str) -> set[int]:
    conditions = asked(query).conditions(around(database))
    rows = select(Conversation.number).where(*conditions)
    return set(await database.read(lambda db: db.scalars(rows).all()))


@pytest.mark.parametrize("sort", SORTS)
async def test_every_conversation_stands_on_one_page(sort: str, database: Database) -> None:
    for filters in QUERIES:
        query = f"{filters}&sort={sort}"
        pages = await walk(database, query)
        numbers = [number for one in pages for number in one]
        assert len(numbers) == len(set(numbers))
        assert set(numbers) == await expected(database, query)
        assert all(len(one) == listing.PAGE for one in pages[:-1])
        found = await database.read(partial(count, query=query, database=database))
        assert found == len(numbers)


def count(db: Connection, query: str, database: Database) -> int:
    return listing.count(db, asked(query), around(database))


@pytest.mark.parametrize("sort", SORTS)
async def test_the_way_back_shows_the_same(sort: str, database: Database) -> None:
    forth = [number for one in await walk(database, f"sort={sort}") for number in one]
    last = (await walk(database, f"sort={sort}"))[-1]
    wanted = asked(f"sort={sort}")
    rows = select(Conversation).where(Conversation.number == last[0])
    row = await database.read(lambda db: db.execute(rows).one())
    start = wanted.changed(before=wanted.order.place_of(row))
    back = [number for one in reversed(await walk(database, start, "before")) for number in one]
    assert back == forth[: len(back)]
    assert len(back) + len(last) == COUNT


@pytest.mark.parametrize("sort", SORTS)
async def test_what_comes_in_between_moves_nothing(sort: str, database: Database) -> None:
    before = {number for one in await walk(database, f"sort={sort}") for number in one}
    wanted, seen = asked(f"sort={sort}"), []
    draw = random.Random(5)
    while True:
        found = await page(database, wanted)
        seen += [row.number for row in found.rows]
        await database.write(lambda db: fill(db, 20, draw))
        if found.older is None or before <= set(seen):
            break
        wanted = asked(wanted.changed(after=found.older))
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


async def test_more_than_can_be_counted_is_said_to_be_more(database: Database) -> None:
    few = partial(listing.count, asked=asked(""), around=around(database), most=100)
    found = await database.read(few)
    assert found == 101
