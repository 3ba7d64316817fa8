"""A save is done in time, or not at all; and nobody who reads waits for one."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from assistant.tracking import engine, rows
from assistant.tracking.attempt import Attempt
from assistant.tracking.errors import TrackingError
from assistant.tracking.store import Conversations
from tests.unit.tracking.talking import ANN, BOB, hear, opening, talk, texts, turn, user

Replica = Callable[[], Conversations]
SECONDS = 0.4
SLOW = "slow"


class Slowly:
    """Conversations of ``SLOW`` ids are written only once they are let."""

    def __init__(self) -> None:
        self.begun, self.go_on = Event(), Event()

    def insert(self, insert: Callable[..., None]) -> Callable[..., None]:
        def slowly(connection: Any, written: list[dict[str, Any]]) -> None:
            insert(connection, written)
            if written[0]["sender_id"].startswith(SLOW):
                self.begun.set()
                self.go_on.wait(10)

        return slowly


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slowly]:
    made = Slowly()
    monkeypatch.setattr(rows, "insert", made.insert(rows.insert))
    yield made
    made.go_on.set()


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch, replica: Replica) -> Conversations:
    monkeypatch.setattr(engine, "WAIT_SECONDS", SECONDS)
    return replica()


async def until(happened: Event) -> None:
    assert await asyncio.to_thread(happened.wait, 10)


async def kept(replica: Replica) -> set[str]:
    return set(await replica().keys())


async def test_a_save_that_takes_too_long_is_refused_and_not_written_later(
    hurried: Conversations, replica: Replica, slowly: Slowly
) -> None:
    began = asyncio.get_running_loop().time()
    with pytest.raises(TrackingError, match="too long"):
        await hear(hurried, opening(), SLOW)
    assert asyncio.get_running_loop().time() - began < SECONDS + 1
    slowly.go_on.set()
    await asyncio.to_thread(hurried.close)
    assert await kept(replica) == set()


async def test_a_save_whose_turn_does_not_come_in_time_is_refused_and_not_written_later(
    hurried: Conversations, replica: Replica, slowly: Slowly
) -> None:
    others = [asyncio.create_task(hear(hurried, opening(), f"{SLOW} {n}")) for n in range(8)]
    await until(slowly.begun)
    with pytest.raises(TrackingError, match="too long"):
        await hear(hurried, opening(), BOB)
    slowly.go_on.set()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.to_thread(hurried.close)
    assert await kept(replica) == set()


async def test_a_save_that_nobody_waits_for_any_more_is_not_written(
    replica: Replica, slowly: Slowly
) -> None:
    store = replica()
    saving = asyncio.create_task(hear(store, opening(), SLOW))
    await until(slowly.begun)
    saving.cancel()
    with suppress(asyncio.CancelledError):
        await saving
    slowly.go_on.set()
    await asyncio.to_thread(store.close)
    assert await kept(replica) == set()


async def test_who_reads_does_not_queue_behind_who_writes(replica: Replica, slowly: Slowly) -> None:
    store = replica()
    await talk(store, 1)
    others = [asyncio.create_task(hear(store, opening(), f"{SLOW} {n}")) for n in range(8)]
    await until(slowly.begun)
    tracker = await asyncio.wait_for(store.retrieve(ANN), timeout=2)
    assert tracker is not None
    assert texts(tracker.events) == ["question 0"]
    slowly.go_on.set()
    await asyncio.gather(*others)


async def test_after_a_save_that_was_refused_the_next_is_as_good_as_ever(
    hurried: Conversations, replica: Replica, slowly: Slowly
) -> None:
    with pytest.raises(TrackingError):
        await hear(hurried, opening(), SLOW)
    slowly.go_on.set()
    await talk(hurried, 1, sender=SLOW)
    heard = await hear(hurried, turn(1), SLOW)
    assert texts(heard.events) == ["question 0", "question 1"]


async def test_an_erasure_does_not_wait_for_a_long_reader_and_its_words_go_with_the_next_save(
    store: Conversations, url: str
) -> None:
    if "postgres" in url:
        pytest.skip("PostgreSQL keeps its files to itself")
    path = make_url(url).database
    await talk(store, 1, sender=BOB)
    await hear(store, [*opening(), user("my left foot is numb")])
    with closing(sqlite3.connect(str(path), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events").fetchone()
        began = asyncio.get_running_loop().time()
        await store.erase(ANN)
        await hear(store, turn(1), BOB)
        assert asyncio.get_running_loop().time() - began < 2
        assert b"numb" in Path(f"{path}-wal").read_bytes()
    await hear(store, turn(2), BOB)
    files = [Path(f"{path}{end}").read_bytes() for end in ("", "-wal")]
    assert b"numb" not in b"".join(files)


async def test_what_a_process_before_left_in_the_log_goes_with_the_first_save(
    replica: Replica, url: str
) -> None:
    if "postgres" in url:
        pytest.skip("PostgreSQL keeps its files to itself")
    log = Path(f"{make_url(url).database}-wal")
    await talk(replica(), 9)
    before = log.stat().st_size
    await talk(replica(), 1, sender=BOB)
    assert log.stat().st_size < before


def test_connections_are_as_safe_as_a_turn_needs(store: Conversations, url: str) -> None:
    with store._database.reading() as connection:
        asked = text("SHOW transaction_isolation" if "postgres" in url else "PRAGMA synchronous")
        assert connection.execute(asked).scalar() == ("read committed" if "postgres" in url else 2)


def test_a_server_that_does_not_answer_is_noticed(url: str, store: Conversations) -> None:
    if "postgres" not in url:
        pytest.skip("a file has no server")
    with store._database.reading() as connection:
        said = connection.connection.dbapi_connection.info.dsn_parameters
    assert [said[name] for name in engine.KEEPALIVE] == ["1", "2", "1", "3"]


def test_what_was_given_up_is_not_committed() -> None:
    attempt = Attempt(60)
    assert attempt.give_up()
    assert not attempt.may_commit()


def test_what_is_being_committed_cannot_be_given_up() -> None:
    attempt = Attempt(60)
    assert attempt.may_commit()
    assert not attempt.give_up()


def test_what_is_late_is_not_committed_though_nobody_gave_it_up() -> None:
    assert not Attempt(0).may_commit()
