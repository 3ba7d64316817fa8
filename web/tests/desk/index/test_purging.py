"""Erased words are purged from SQLite's search, down to the bytes of its file."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, func, select, text

from desk.index.indexer import Indexer
from desk.index.purging import Purger
from records import search
from records.conversations import Change
from records.database import Database
from records.models import Session
from tests.desk.index.conftest import changes
from tests.desk.index.saying import MASK, Talk, reply, store

# Of no other word's beginning: the search keeps of a word only what the one before it has not.
SECRET = "qzyxgrib"


@pytest.fixture
def file(sqlite_file: Path) -> Path:
    return sqlite_file


@pytest.fixture
def url(file: Path) -> str:
    return f"sqlite:///{file}"


@pytest.fixture
def purger(database: Database) -> Purger:
    return Purger(database, rest=0)


def stands_in(file: Path, word: str) -> bool:
    """Whether the bytes of the database, or of its log, have the word."""
    log = file.with_name(file.name + "-wal")
    found = file.read_bytes() + (log.read_bytes() if log.exists() else b"")
    return word.encode() in found


async def put(database: Database, name: str, words: str) -> None:
    await database.write(lambda db: store(db, Talk(name).say(words, reply())))


async def erase(database: Database, name: str) -> None:
    await database.write(lambda db: db.execute(delete(Session).where(Session.id == name)))
    await database.empty_log()


def matches(db: Connection, word: str) -> int:
    found = "SELECT count(*) FROM conversation_search WHERE conversation_search MATCH :word"
    return int(db.execute(text(found), {"word": word}).scalar_one())


async def some_talk(database: Database, indexer: Indexer, count: int = 60) -> None:
    for number in range(count):
        await put(database, f"s{number}", f"toes drag number{number} rug{number % 7}")
        if number % 5 == 0:
            await indexer.batch()
    await indexer.batch()


async def test_erased_words_stand_in_the_file_no_more(
    database: Database, indexer: Indexer, purger: Purger, file: Path
) -> None:
    await some_talk(database, indexer)
    await put(database, "secret", f"my {SECRET} hurts")
    await indexer.batch()
    await some_talk_more(database, indexer)
    assert stands_in(file, SECRET)
    await erase(database, "secret")
    await indexer.batch()
    assert stands_in(file, SECRET), "the test shows nothing if erasing alone is enough"
    assert await purger.purge()
    assert not stands_in(file, SECRET)
    assert await database.read(changes) == []
    assert await database.read(lambda db: matches(db, SECRET)) == 0
    assert await database.read(lambda db: matches(db, "toes")) == 90


async def some_talk_more(database: Database, indexer: Indexer) -> None:
    for number in range(30):
        await put(database, f"t{number}", f"my toes and heel{number}")
    while (await indexer.batch()).sessions:
        pass


async def test_what_is_erased_during_a_purge_goes_with_the_next(
    database: Database, indexer: Indexer, purger: Purger, file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    await some_talk(database, indexer)
    await put(database, "secret", f"my {SECRET} hurts")
    await put(database, "other", "something else")
    await indexer.batch()
    await erase(database, "other")
    await indexer.batch()
    purge = search.purge

    async def interrupted(_: Database) -> bool:
        done = await purge(database)
        await erase(database, "secret")
        await indexer.batch()
        return done

    monkeypatch.setattr(search, "purge", interrupted)
    assert await purger.purge()
    monkeypatch.undo()
    await indexer.batch()
    assert await Purger(database, rest=0).purge(), "it was asked for again"
    assert not stands_in(file, SECRET)


async def test_a_purge_that_a_long_read_keeps_from_its_end_is_made_up_for(
    database: Database, indexer: Indexer, file: Path
) -> None:
    await put(database, "secret", f"my {SECRET} hurts")
    await indexer.batch()
    with closing(sqlite3.connect(file)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM messages").fetchall()
        await erase(database, "secret")
        await indexer.batch()
        assert not await Purger(database, rest=0).purge()
    assert await Purger(database, rest=0).purge(), "it is still asked for"
    assert not stands_in(file, SECRET)


async def test_nothing_is_purged_where_nothing_was_erased(
    database: Database, indexer: Indexer, purger: Purger
) -> None:
    await put(database, "s1", "toes")
    await indexer.batch()
    assert not await purger.purge()


async def test_a_purge_is_followed_by_a_rest(database: Database, indexer: Indexer) -> None:
    purger = Purger(database, rest=60)
    for name in ("s1", "s2"):
        await put(database, name, "toes")
        await indexer.batch()
        await erase(database, name)
        await indexer.batch()
        assert await purger.purge() is (name == "s1")
    wanted = select(func.count()).select_from(Change)
    assert await database.read(lambda db: db.scalar(wanted)) == 1


async def test_a_purge_that_was_cut_short_is_done_after_the_next_start(
    database: Database, indexer: Indexer, purger: Purger, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(database, "s1", "toes")
    await indexer.batch()
    await erase(database, "s1")
    await indexer.batch()

    def broken(db: Connection, *, is_first: bool = False) -> bool:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(search, "merge", broken)
        with pytest.raises(OSError):
            await purger.purge()
    assert await Purger(database, rest=0).purge()


async def test_patients_turns_go_between_the_steps_of_a_purge(
    database: Database, indexer: Indexer, purger: Purger
) -> None:
    await some_talk(database, indexer)
    await erase(database, "s1")
    await indexer.batch()
    purging_now = asyncio.create_task(purger.purge())
    await put(database, "turn", "a turn meanwhile")
    assert await purging_now
    assert await database.read(changes) == ["turn", "turn"]


async def test_the_indexer_purges_by_itself(database: Database, file: Path, purger: Purger) -> None:
    indexer = Indexer(database, MASK, purger)
    await put(database, "secret", f"my {SECRET} hurts")
    await indexer.batch()
    await erase(database, "secret")
    running = asyncio.create_task(indexer.keep_indexing())
    try:
        async with asyncio.timeout(10):
            while stands_in(file, SECRET):
                await asyncio.sleep(0.05)
    finally:
        running.cancel()
