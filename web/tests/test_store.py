"""The transcript on each kind of database."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway import database
from gateway.extras import Range
from gateway.models import Base, Button, Erasure, Message, Session
from gateway.replies import Offer, Reply, Source
from gateway.store import SessionGone, Store

WELCOME = [Reply(text="Welcome.")]
ANSWER = [
    Reply(text="One.", topic="causes/stroke"),
    Reply(
        text="Two.",
        kind="question",
        level="soon",
        buttons=[Offer(title=title, payload=f"act:{title}") for title in ("b", "a")],
        sources=[Source(title="Foot drop", url="https://a.org/")],
    ),
]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{request.getfixturevalue('sqlite_file')}"


@pytest.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    engine = database.connect(url)
    yield engine
    await engine.dispose()


@pytest.fixture
def store(engine: AsyncEngine) -> Store:
    return Store(engine)


@pytest.fixture
async def session(store: Store) -> Session:
    session, _ = await store.open_session("hash", "GB", WELCOME, "diary-hash")
    return session


async def count(engine: AsyncEngine, *tables: type[Base]) -> list[int]:
    async with engine.connect() as connection:
        queries = [select(func.count()).select_from(table) for table in tables]
        return [int(await connection.scalar(query) or 0) for query in queries]


async def test_a_session_is_found_by_its_token_hash(store: Store, session: Session) -> None:
    found = await store.find_session("hash")
    assert found is not None
    assert (found.id, found.region) == (session.id, "GB")
    assert abs(datetime.now(UTC) - found.created_at) < timedelta(minutes=1)
    assert await store.find_session("another") is None


async def test_a_turn_is_read_back_as_it_was_recorded(store: Store, session: Session) -> None:
    turn = await store.record(session.id, "id-1", "Hä? 🦶", {})
    assert turn.replies == []
    await store.answer(turn.message, ANSWER, {"intent": ["x", None]})

    welcome, asked, one, two = await store.history(session.id)
    assert [message.seq for message in (welcome, asked, one, two)] == [1, 2, 3, 4]
    assert (asked.text, asked.client_id, asked.direction) == ("Hä? 🦶", "id-1", "patient")
    assert (one.text, one.topic, one.understanding) == (
        "One.",
        "causes/stroke",
        {"intent": ["x", None]},
    )
    assert (two.kind, two.level, two.reply_to) == ("question", "soon", asked.id)
    assert [button.title for button in two.buttons] == ["b", "a"]
    assert two.payload == {"sources": [{"title": "Foot drop", "url": "https://a.org/"}]}


async def test_a_turn_recorded_again_is_found_with_its_replies(
    store: Store, session: Session
) -> None:
    turn = await store.record(session.id, "id-1", "hello", {})
    await store.answer(turn.message, ANSWER)
    again = await store.record(session.id, "id-1", "hello", {})
    assert again.message.id == turn.message.id
    assert [message.text for message in again.replies] == ["One.", "Two."]
    assert [button.title for button in again.replies[1].buttons] == ["b", "a"]


async def test_messages_recorded_at_once_each_get_a_number(store: Store, session: Session) -> None:
    await asyncio.gather(
        *(store.record(session.id, f"id-{number}", "hello", {}) for number in range(20))
    )
    assert [message.seq for message in await store.history(session.id)] == list(range(1, 22))


async def test_one_message_recorded_at_once_by_two_is_there_once(
    store: Store, session: Session
) -> None:
    turns = await asyncio.gather(
        *(store.record(session.id, "id-1", "hello", {}) for _ in range(10))
    )
    assert len({turn.message.id for turn in turns}) == 1


async def test_what_a_message_carries_is_kept_and_found_in_its_session_only(
    store: Store, session: Session
) -> None:
    reply = Reply(text="Lift.", exercise="toe_raise", seconds=Range(least=5, most=10))
    turn = await store.record(session.id, "id-1", "hello", {})
    [said] = await store.answer(turn.message, [reply])
    kept = {"sources": [], "exercise": "toe_raise", "seconds": {"least": 5, "most": 10}}
    assert await store.payload(session.id, said.id) == kept
    other, _ = await store.open_session("other", "GB", WELCOME)
    assert await store.payload(other.id, said.id) is None
    assert await store.payload(session.id, turn.message.id) is None


async def test_a_button_is_found_in_its_session_only(store: Store, session: Session) -> None:
    turn = await store.record(session.id, "id-1", "hello", {})
    said = await store.answer(turn.message, ANSWER)
    button = said[1].buttons[0]
    other, _ = await store.open_session("other", "GB", WELCOME)
    found = await store.offered(session.id, button.id)
    assert found is not None
    assert found.payload == "act:b"
    assert await store.offered(other.id, button.id) is None


async def test_erasing_leaves_only_the_note_for_rasa(
    store: Store, session: Session, engine: AsyncEngine
) -> None:
    turn = await store.record(session.id, "id-1", "hello", {})
    await store.answer(turn.message, ANSWER)
    await store.erase(session)
    assert await count(engine, Session, Message, Button, Erasure) == [0, 0, 0, 1]
    [erasure] = await store.erasures()
    assert (erasure.session_id, erasure.diary_hash) == (session.id, "diary-hash")
    await store.erased_everywhere(session.id)
    assert await count(engine, Erasure) == [0]


async def test_an_erased_session_takes_no_more_messages(store: Store, session: Session) -> None:
    turn = await store.record(session.id, "id-1", "hello", {})
    await store.erase(session)
    with pytest.raises(SessionGone):
        await store.record(session.id, "id-2", "hello", {})
    with pytest.raises(SessionGone):
        await store.answer(turn.message, ANSWER)


async def test_the_database_gives_a_sign_of_life(store: Store) -> None:
    await store.ping()


async def test_the_migrations_make_the_tables_the_models_describe(engine: AsyncEngine) -> None:
    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection)
        return list(compare_metadata(context, Base.metadata))

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_sessions_begun_before_there_were_diaries_are_kept(
    url: str, session: Session, store: Store
) -> None:
    for move, revision in ((command.downgrade, "0001"), (command.upgrade, "head")):
        await asyncio.to_thread(move, database._alembic(url), revision)
    [welcome] = await store.history(session.id)
    assert welcome.text == "Welcome."
    found = await store.find_session("hash")
    assert found is not None
    assert found.diary_hash is None


def test_migrating_again_changes_nothing(url: str) -> None:
    database.migrate(url)


async def test_a_migrated_database_passes_the_check(engine: AsyncEngine) -> None:
    await database.check(engine)


async def test_a_database_that_is_not_migrated_is_refused_with_the_mend(tmp_path: Path) -> None:
    engine = database.connect(f"sqlite:///{tmp_path / 'new.db'}")
    with pytest.raises(database.OutOfDate, match="python -m gateway migrate"):
        await database.check(engine)
    await engine.dispose()
