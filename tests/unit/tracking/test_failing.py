"""The database goes away and comes back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from assistant.repeat import said_before
from assistant.tracking import engine
from assistant.tracking.address import at_home
from assistant.tracking.errors import TrackingError
from assistant.tracking.store import Conversations, refusing
from tests.unit.tracking.talking import ANN, DOMAIN, hear, talk, texts, turn

Replica = Callable[[], Conversations]


def agent_with(store: TrackerStore) -> Agent:
    return Agent(domain=DOMAIN, tracker_store=store, lock_store=InMemoryLockStore())


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Nobody can write to the file."""
    holding = sqlite3.connect(str(make_url(url).database), isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    yield
    holding.close()


@contextmanager
def gone(url: str) -> Iterator[None]:
    """The server ends every connection and takes no other."""
    address = make_url(url)
    server = create_engine(
        address.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool
    )
    with server.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {address.database} ALLOW_CONNECTIONS false"))
        _end_connections(connection, address.database)
        yield
        connection.execute(text(f"ALTER DATABASE {address.database} ALLOW_CONNECTIONS true"))


def _end_connections(connection: Any, name: str | None) -> None:
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
    connection.execute(text(ended), {"name": name})


@pytest.fixture
def down(url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    monkeypatch.setattr(engine, "WAIT_SECONDS", 0.3)
    return lambda: gone(url) if "postgres" in url else locked(url)


async def test_a_turn_is_refused_while_the_database_is_down_and_lost_by_nobody_afterwards(
    down: Callable[[], Any], replica: Replica
) -> None:
    store = replica()
    await talk(store, 2)
    with down(), pytest.raises(TrackingError) as failed:
        await hear(store, turn(2))
    assert "question" not in str(failed.value)
    await talk(store, 2, first=2)
    tracker = await replica().retrieve(ANN)
    assert tracker is not None
    assert texts(tracker.events) == [f"question {number}" for number in range(4)]


async def test_connections_that_the_server_ended_are_noticed_before_they_are_used(
    replica: Replica, url: str
) -> None:
    if "postgres" not in url:
        pytest.skip("a file has no server")
    store = replica()
    await talk(store, 1)
    with create_engine(url, poolclass=NullPool).connect() as connection:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        mine = " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(text(ended + mine))
    heard = await hear(store, turn(1))
    assert texts(heard.events) == ["question 0", "question 1"]


async def test_a_process_that_starts_before_its_database_takes_messages_once_it_is_there(
    down: Callable[[], Any], replica: Replica
) -> None:
    with down():
        store = replica()
        with pytest.raises(TrackingError):
            await hear(store, turn(0))
    await talk(store, 1)
    assert list(await store.keys()) == [ANN]


async def test_a_failure_reaches_who_sent_the_message_in_spite_of_rasas_wrapping(
    down: Callable[[], Any], replica: Replica, url: str
) -> None:
    store = replica()
    await talk(store, 1)
    agent = agent_with(store)
    assert agent.tracker_store is not store
    refusing(agent)
    tracker = await agent.tracker_store.retrieve(ANN)
    tracker.update_with_events(turn(1), DOMAIN)
    with down():
        with pytest.raises(TrackingError):
            await agent.tracker_store.save(tracker)
        if "postgres" in url:
            with pytest.raises(TrackingError):
                await agent.tracker_store.retrieve(ANN)
            with pytest.raises(TrackingError):
                await said_before(agent, ANN, "m0")


def test_a_processor_that_is_there_already_refuses_too(replica: Replica) -> None:
    class Processor:
        tracker_store: TrackerStore | None = None

    store = replica()
    agent = agent_with(store)
    agent.processor = Processor()
    refusing(agent)
    assert agent.processor.tracker_store is agent.tracker_store is store


def test_conversations_that_would_be_in_memory_alone_are_an_error_at_the_start() -> None:
    with pytest.warns(UserWarning, match="not found"):
        store = TrackerStore.create(EndpointConfig(type="assistant.tracking.store.Misspelt"))
    assert isinstance(store, InMemoryTrackerStore)
    with pytest.raises(TrackingError, match="InMemoryTrackerStore"):
        refusing(agent_with(store))


def test_endpoints_name_this_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVENTS_URL", f"sqlite:///{tmp_path / 'e.db'}")
    named = EndpointConfig(type="assistant.tracking.store.Conversations")
    store = TrackerStore.create(named, DOMAIN)
    assert isinstance(store, Conversations)
    assert (tmp_path / "e.db").exists()
    store.close()


@pytest.mark.parametrize("is_elsewhere", [True, False])
def test_an_old_file_that_is_not_used_any_more_is_warned_of_once(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    is_elsewhere: bool,
) -> None:
    (tmp_path / "rasa.db").touch()
    monkeypatch.setenv("DORSI_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    name = "other.db" if is_elsewhere else "rasa.db"
    monkeypatch.setenv("EVENTS_URL", f"sqlite:///{tmp_path / name}")
    Conversations(DOMAIN).close()
    assert caplog.text.count("delete it") == is_elsewhere


@pytest.mark.parametrize(
    ("environ", "address"),
    [
        ({"DORSI_HOME": "/x"}, "sqlite:////x/rasa.db"),
        ({"EVENTS_URL": "", "DATABASE_URL": "", "DORSI_HOME": "/x"}, "sqlite:////x/rasa.db"),
        ({"DATABASE_URL": "postgres://u:p@h/d"}, "postgresql+psycopg2://u:p@h/d"),
        (
            {"DATABASE_URL": "postgresql+asyncpg://u@h:6/d?ssl=require"},
            "postgresql+psycopg2://u@h:6/d?sslmode=require",
        ),
        ({"EVENTS_URL": "sqlite:////y.db", "DATABASE_URL": "postgresql://h/d"}, "sqlite:////y.db"),
    ],
)
def test_the_address_is_that_of_the_environment(environ: dict[str, str], address: str) -> None:
    assert at_home(environ) == address


@pytest.mark.parametrize("url", ["nonsense", "mysql://h/d", "sqlite://"])
def test_an_address_of_no_use_is_an_error_that_says_so(url: str) -> None:
    with pytest.raises(TrackingError, match="EVENTS_URL"):
        Conversations(DOMAIN, url)
