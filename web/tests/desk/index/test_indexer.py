"""The index keeps up with what is said, whatever happens meanwhile."""

import asyncio
import logging
import time
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import Connection, delete, func, insert, select, update

from desk.index import indexer as indexing
from desk.index import reading
from desk.index.digest import Digest
from desk.index.indexer import Indexer
from desk.index.reading import Found
from records.base import now
from records.conversations import Conversation, ConversationWords
from records.database import Database
from records.models import Feedback, Session
from records.people import User
from tests.desk.index.conftest import changes, conversations
from tests.desk.index.saying import MASK, Talk, add_line, note, raised, reply, store


def talk(id: str = "s1") -> Talk:
    told = Talk(id).welcome().say("my toes drag, call 0770090", reply(note=note(0.5)))
    return told.say("I am numb", reply("escalation", "emergency", note=raised(numb="emergency")))


async def put(database: Database, told: Talk, **more: Any) -> None:
    await database.write(lambda db: store(db, told, **more))


async def all_of(database: Database) -> dict[str, dict[str, Any]]:
    return await database.read(conversations)


async def test_a_conversation_is_found_once_it_is_indexed(
    database: Database, indexer: Indexer
) -> None:
    await put(database, talk())
    assert (await indexer.batch()).sessions == 1
    found = (await all_of(database))["s1"]
    assert (found["turns"], found["level"], found["status"]) == (2, 3, "new")
    assert found["conversation_words"] == [[("words", "my toes drag, call ***\nI am numb")]]
    assert await database.read(changes) == []
    assert (await indexer.batch()).sessions == 0


async def test_a_session_without_a_patients_word_is_not_listed(
    database: Database, indexer: Indexer
) -> None:
    await put(database, Talk().welcome())
    assert (await indexer.batch()).sessions == 1
    assert "s1" not in await all_of(database)
    assert await database.read(changes) == []


async def test_what_is_said_while_a_session_is_indexed_is_indexed_next(
    database: Database, indexer: Indexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = talk()
    await put(database, told)
    before = len(told.lines)
    told.say("and my back hurts", reply("fallback"))
    write = indexing._write
    later = iter(told.lines[before:])

    def interrupted(db: Connection, found: Mapping[str, Found], made: Mapping[str, Digest]) -> int:
        if (line := next(later, None)) is not None:
            add_line(db, "s1", line)
        return write(db, found, made)

    monkeypatch.setattr(indexing, "_write", interrupted)
    await indexer.batch()
    assert (await all_of(database))["s1"]["turns"] == 2
    assert await database.read(changes) == ["s1"]
    await indexer.batch()
    await indexer.batch()
    assert (await all_of(database))["s1"]["fallbacks"] == 1
    assert await database.read(changes) == []


async def test_who_read_earlier_never_overwrites_who_read_later(
    database: Database, indexer: Indexer
) -> None:
    told = talk()
    await put(database, told)
    early = await database.read(lambda db: reading.changed(db, 0))
    before = len(told.lines)
    await put(database, told.say("more", reply()), above=before, is_new=False)
    await indexer.batch()
    digests = indexer._digests(early, indexing.Done())
    assert await database.write(lambda db: indexing._write(db, early, digests)) == 0
    assert (await all_of(database))["s1"]["turns"] == 3


async def test_two_indexers_at_once_index_everything_once(url: str) -> None:
    first, second = Database(url), Database(url)
    try:
        for number in range(60):
            await put(first, talk(f"s{number}"))
        indexers = [Indexer(first, MASK), Indexer(second, MASK)]

        async def drain(indexer: Indexer) -> int:
            total = 0
            while await first.read(changes):
                total += (await indexer.batch()).sessions
            return total

        done = await asyncio.gather(*map(drain, indexers))
        assert sum(done) == 60
        assert len(await all_of(first)) == 60 + 1  # and the masks
    finally:
        await first.close()
        await second.close()


async def test_an_erased_session_is_gone_from_the_index(
    database: Database, indexer: Indexer
) -> None:
    await put(database, talk())
    await indexer.batch()
    await database.write(lambda db: db.execute(delete(Session)))
    await indexer.batch()
    assert await all_of(database) == {"masks": {}}
    assert "s1" not in await database.read(changes)


async def test_a_session_that_is_erased_while_it_is_indexed_stays_erased(
    database: Database, indexer: Indexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(database, talk())
    write = indexing._write

    def interrupted(db: Connection, found: Mapping[str, Found], made: Mapping[str, Digest]) -> int:
        db.execute(delete(Session))
        return write(db, found, made)

    monkeypatch.setattr(indexing, "_write", interrupted)
    await indexer.batch()
    await indexer.batch()
    assert await all_of(database) == {"masks": {}}
    assert "s1" not in await database.read(changes)


async def test_what_the_review_has_come_to_outlasts_indexing(
    database: Database, indexer: Indexer
) -> None:
    told = talk()
    await put(database, told)
    await indexer.batch()

    def review(db: Connection) -> int:
        values = {"name": "ann", "shown": "Ann", "role": "reviewer", "password_hash": ""}
        ann = db.scalar(insert(User).values(**values).returning(User.id))
        marks = {"status": "done", "assignee": ann, "reviewed_at": now(), "version": 4}
        db.execute(update(Conversation).values(**marks))
        return db.scalar(select(Conversation.number)) or 0

    number = await database.write(review)
    before = (await all_of(database))["s1"]
    await put(database, told.say("more", reply()), above=len(told.lines) - 2, is_new=False)
    await indexer.batch()
    after = (await all_of(database))["s1"]
    assert after["turns"] == 3
    for column in ("status", "assignee", "reviewed_at", "version"):
        assert after[column] == before[column]
    assert await database.read(lambda db: db.scalar(select(Conversation.number))) == number


async def test_an_opinion_given_and_taken_back_is_followed(
    database: Database, indexer: Indexer
) -> None:
    told = talk().helped(3, False)
    await put(database, told)
    await indexer.batch()
    assert (await all_of(database))["s1"]["disliked"] == 1
    await database.write(lambda db: db.execute(delete(Feedback)))
    await indexer.batch()
    assert (await all_of(database))["s1"]["disliked"] == 0


async def test_an_odd_note_is_counted_and_logged_without_words(
    database: Database, indexer: Indexer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    await put(database, Talk().say("SECRET", reply(note={"triage": ["SECRET"]})))
    assert (await indexer.batch()).odd > 0
    assert "notes could not be read" in caplog.text
    assert "SECRET" not in str([record.__dict__ for record in caplog.records])


async def test_a_session_that_cannot_be_read_stops_no_other(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    def spans(text: str) -> list[Any]:
        if "SECRET" in text:
            raise ValueError(text)
        return []

    indexer = Indexer(database, type(MASK)(spans, MASK.masked, 1))
    await put(database, Talk("s1").say("SECRET", reply()))
    await put(database, talk("s2"))
    done = await indexer.batch()
    assert (done.sessions, done.failed) == (2, 2)
    assert await database.read(changes) == []
    assert set(await all_of(database)) == {"s2", "masks"}
    assert "SECRET" not in str([record.__dict__ for record in caplog.records])


async def test_the_newest_is_indexed_first_however_much_waits(
    database: Database, indexer: Indexer
) -> None:
    def many(db: Connection) -> None:
        for number in range(30):
            store(db, talk(f"old{number}"))

    await database.write(many)
    await put(database, talk("new"))
    await indexer.batch()
    assert "new" in await all_of(database)


async def test_a_long_conversation_is_indexed_by_itself(
    database: Database, indexer: Indexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MESSAGES", 40)
    for name in ("s1", "s2"):
        told = Talk(name)
        for number in range(reading.MESSAGES // 2):
            told.say(f"number {number}", reply())
        await put(database, told)
    assert (await indexer.batch()).sessions == 1
    assert (await indexer.batch()).sessions == 1


async def test_an_emergency_shows_within_two_seconds(database: Database, indexer: Indexer) -> None:
    running = asyncio.create_task(indexer.keep_indexing())
    try:
        await asyncio.sleep(0.1)
        began = time.monotonic()
        await put(database, talk())
        while "s1" not in await all_of(database):
            await asyncio.sleep(0.02)
        assert time.monotonic() - began < 2
    finally:
        running.cancel()


async def test_conversations_of_other_rules_are_indexed_anew(
    database: Database, indexer: Indexer
) -> None:
    await put(database, talk())
    await indexer.batch()
    await database.write(lambda db: db.execute(update(Conversation).values(made_by=0, turns=99)))
    running = asyncio.create_task(indexer.keep_indexing())
    try:
        async with asyncio.timeout(5):
            while (await all_of(database))["s1"]["turns"] != 2:
                await asyncio.sleep(0.02)
    finally:
        running.cancel()


kinds = some.sampled_from(["answer", "clarify", "fallback", "question", "escalation", "smalltalk"])
levels = some.sampled_from(["none", "soon", "urgent", "emergency"])
words = some.sampled_from(["my toes drag", "0770090", "hello", "numb", "why?", "it hurts"])
replies = some.builds(
    lambda kind, level, sure, flag: reply(kind, level, note=note(sure, **raised(numb=flag))),
    kinds,
    levels,
    some.floats(0, 1),
    levels,
)
steps = some.lists(
    some.tuples(some.sampled_from(["s1", "s2"]), words, some.lists(replies, max_size=2)),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=steps, indexed_after=some.sets(some.integers(0, 7)))
async def test_indexing_step_by_step_equals_indexing_anew(
    database: Database,
    indexer: Indexer,
    steps: list[tuple[str, str, list[dict[str, Any]]]],
    indexed_after: set[int],
) -> None:
    await database.write(lambda db: db.execute(delete(Session)))
    talks: dict[str, Talk] = {}
    for number, (name, text, said) in enumerate(steps):
        is_new = name not in talks
        told = talks.setdefault(name, Talk(name))
        above = len(told.lines)
        await put(database, told.say(text, *said), above=above, is_new=is_new)
        if number in indexed_after:
            await indexer.batch()
    await drained(indexer)
    step_by_step = await all_of(database)
    await indexer.ask_for_all()
    await drained(indexer)
    assert await all_of(database) == step_by_step
    await database.write(lambda db: db.execute(delete(Conversation)))
    await indexer.ask_for_all()
    await drained(indexer)
    assert await all_of(database) == step_by_step


async def drained(indexer: Indexer) -> None:
    while (await indexer.batch()).sessions:
        pass


async def test_words_are_searched_as_they_are_now(database: Database, indexer: Indexer) -> None:
    told = talk()
    await put(database, told)
    await indexer.batch()
    await put(database, told.say("zebra", reply()), above=len(told.lines), is_new=False)
    count = select(func.count()).select_from(ConversationWords)
    assert await database.read(lambda db: db.scalar(count)) == 1
