"""Several threads and processes use one database at a time."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing, contextmanager
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from diary.database import migrate
from diary.store import Diary, DiaryError, NoConsent
from diary.values import Done

from .making import ID, OTHER, TODAY, ago, visit

EACH = 6


def keep(url: str, first: int) -> None:
    """Keep some practices, as a process of its own does."""
    store = Diary(url)
    for number in range(first, first + EACH):
        store.add_visit(ID, visit(number, "towel", "alphabet"))
    store.close()


def keep_after_migrating(url: str, first: int) -> None:
    """Bring the tables up to date and keep some practices at once."""
    migrate(url)
    store = Diary(url)
    store.consent(ID, TODAY)
    store.close()
    keep(url, first)


def file(url: str) -> Path:
    """The file of a SQLite database."""
    return Path(make_url(url).database)


def log_of(url: str) -> str:
    """The kind of log that a SQLite database keeps."""
    with closing(sqlite3.connect(file(url))) as connection:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


@contextmanager
def workers(kind: str) -> Iterator[Executor]:
    pool: Executor
    if kind == "threads":
        pool = ThreadPoolExecutor(3)
    else:
        pool = ProcessPoolExecutor(3, mp_context=get_context("spawn"))
    with pool:
        yield pool


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_nothing_is_lost_where_several_migrate_and_write_at_once(empty: str, kind: str) -> None:
    with workers(kind) as pool:
        for result in [pool.submit(keep_after_migrating, empty, at * EACH) for at in range(3)]:
            result.result()
    store = Diary(empty)
    visits = store.history(ID).visits
    assert [one.at for one in visits] == [ago(days) for days in reversed(range(3 * EACH))]
    assert all(len(one.done) == 2 for one in visits)
    store.close()


@pytest.mark.parametrize("empty", ["sqlite"], indirect=True)
def test_a_file_can_be_made_by_many_at_once(empty: str) -> None:
    for attempt in range(8):
        url = empty.replace("diary.db", f"diary{attempt}.db")
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(migrate, [url] * 6))
        assert log_of(url) == "wal"


def test_exercises_added_at_once_to_one_visit_are_all_kept(store: Diary) -> None:
    store.consent(ID, TODAY)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda at: store.add_done(ID, TODAY, Done(f"x{at}")), range(12)))
    (kept,) = store.history(ID).visits
    assert sorted(one.exercise for one in kept.done) == sorted(f"x{at}" for at in range(12))


def test_consent_given_twice_at_once_is_one_consent(store: Diary) -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: store.consent(ID, TODAY), range(12)))
    assert store.consented(ID)


def test_whoever_writes_while_a_diary_is_erased_leaves_nothing_behind(store: Diary) -> None:
    store.consent(ID, TODAY)

    def write(days: int) -> bool:
        try:
            store.add_visit(ID, visit(days))
        except NoConsent:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        written = [pool.submit(write, days) for days in range(20)]
        pool.submit(store.erase, ID).result()
        late = [one.result() for one in written] + [write(99)]
    assert not late[-1]
    assert store.export(ID)["consented_at"] is None
    store.consent(ID, TODAY)
    assert store.history(ID).visits == ()


def test_a_store_that_was_there_before_the_tables_works_once_they_are(empty: str) -> None:
    store = Diary(empty)
    with pytest.raises(DiaryError):
        store.consented(ID)
    migrate(empty)
    store.consent(ID, TODAY)
    assert store.consented(ID)
    store.close()


@pytest.mark.parametrize("empty", ["sqlite"], indirect=True)
def test_a_locked_database_is_given_up_after_two_seconds_while_reading_goes_on(url: str) -> None:
    store = Diary(url)
    store.consent(ID, TODAY)
    other = sqlite3.connect(file(url), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    with pytest.raises(DiaryError):
        store.add_visit(ID, visit(0))
    assert 1.5 < time.monotonic() - started < 5
    assert store.consented(ID)
    other.execute("ROLLBACK")
    store.add_visit(ID, visit(0))
    other.close()
    store.close()


@pytest.mark.parametrize("empty", ["sqlite"], indirect=True)
def test_whoever_reads_for_long_keeps_nobody_from_writing_or_erasing(url: str) -> None:
    store = Diary(url)
    store.consent(ID, TODAY)
    other = sqlite3.connect(file(url), isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM diaries").fetchall()
    store.add_visit(ID, visit(0))
    store.erase(ID)
    assert not store.consented(ID)
    other.close()
    store.close()


@pytest.mark.parametrize("empty", ["sqlite"], indirect=True)
def test_what_was_erased_is_in_no_file_any_more(url: str) -> None:
    # As long as somebody else is connected, SQLite by itself leaves its log as it is.
    other = sqlite3.connect(file(url))
    other.execute("SELECT count(*) FROM diaries").fetchall()
    store = Diary(url)
    for id in (ID, OTHER):
        store.consent(id, TODAY)
        store.add_visit(id, visit(0, *[f"a_{id[:8]}_{number}" for number in range(50)]))

    def found(id: str) -> bool:
        files = file(url).parent.glob("diary.db*")
        return any(f"a_{id[:8]}".encode() in one.read_bytes() for one in files)

    assert found(ID)
    store.erase(ID)
    assert not found(ID)
    assert found(OTHER)
    other.close()
    store.close()
