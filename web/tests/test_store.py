"""The transcript on each kind of database."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, func, select

from gateway.extras import Range
from gateway.replies import Offer, Reply, Source
from gateway.store import SessionGone, Store, UnknownMessage
from records import database
from records.base import Base
from records.database import Database
from records.models import Button, Erasure, Feedback, Message, Session

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
async def opened(url: str) -> AsyncIterator[Database]:
    opened = Database(url)
    yield opened
    await opened.close()


@pytest.fixture
def store(opened: Database) -> Store:
    return Store(opened)


@pytest.fixture
async def session(store: Store) -> Session:
    session, _ = await store.open_session("hash", "GB", WELCOME, "diary-hash")
    return session


async def count(opened: Database, *tables: type[Base]) -> list[int]:
    def work(db: Connection) -> list[int]:
        queries = [select(func.count()).select_from(table) for table in tables]
        return [int(db.scalar(query) or 0) for query in queries]

    return await opened.read(work)


async def test_a_session_is_found_by_its_token_hash(store: Store, session: Session) -> None:
    found = await store.find_session("hash")
    assert found is not None
    assert (found.id, found.region) == (session.id, "GB")
    assert abs(datetime.now(UTC) - found.created_at) < timedelta(minutes=1)
    assert await store.find_session("another") is None


async def test_a_turn_is_read_back_as_it_was_recorded(store: Store, session: Session) -> None:
    turn = await store.record(session, "id-1", "Hä? 🦶", {})
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
    turn = await store.record(session, "id-1", "hello", {})
    await store.answer(turn.message, ANSWER)
    again = await store.record(session, "id-1", "hello", {})
    assert again.message.id == turn.message.id
    assert [message.text for message in again.replies] == ["One.", "Two."]
    assert [button.title for button in again.replies[1].buttons] == ["b", "a"]


async def test_messages_recorded_at_once_each_get_a_number(store: Store, session: Session) -> None:
    await asyncio.gather(
        *(store.record(session, f"id-{number}", "hello", {}) for number in range(20))
    )
    assert [message.seq for message in await store.history(session.id)] == list(range(1, 22))


async def test_one_message_recorded_at_once_by_two_is_there_once(
    store: Store, session: Session
) -> None:
    turns = await asyncio.gather(*(store.record(session, "id-1", "hello", {}) for _ in range(10)))
    assert len({turn.message.id for turn in turns}) == 1


async def test_an_answer_recorded_again_is_found_and_not_doubled(
    store: Store, session: Session
) -> None:
    turn = await store.record(session, "id-1", "hello", {})
    first = await store.answer(turn.message, ANSWER, {"note": 1})
    again = await store.answer(turn.message, [Reply(text="Something else.")], {"note": 2})
    assert [message.id for message in again] == [message.id for message in first]
    assert [button.title for button in again[1].buttons] == ["b", "a"]
    assert len(await store.history(session.id)) == 4
    await store.record(session, "id-2", "hello", {})
    assert [message.seq for message in await store.history(session.id)] == [1, 2, 3, 4, 5]


async def test_answers_recorded_at_once_are_there_once(store: Store, session: Session) -> None:
    turn = await store.record(session, "id-1", "hello", {})
    answers = await asyncio.gather(*(store.answer(turn.message, ANSWER) for _ in range(8)))
    assert len({tuple(message.id for message in said) for said in answers}) == 1
    assert len(await store.history(session.id)) == 4


async def test_an_answer_in_two_parts_is_complete_with_the_second(
    store: Store, session: Session
) -> None:
    turn = await store.record(session, "id-1", "hello", {})
    one, two = [Reply(text="First.")], [Reply(text="Second.")]
    told = await store.answer(turn.message, one, {"note": 1}, is_all=False)
    again = await store.record(session, "id-1", "hello", {})
    assert not again.message.answered
    assert [message.text for message in again.replies] == ["First."]
    assert [m.id for m in await store.answer(turn.message, one, is_all=False)] == [told[0].id]
    replies = await store.answer(turn.message, two, {"note": 2}, before=told)
    assert [(reply.seq, reply.text) for reply in replies] == [(3, "First."), (4, "Second.")]
    assert (await store.record(session, "id-1", "hello", {})).message.answered


async def test_a_message_comes_with_what_was_noted_before_it(
    store: Store, session: Session
) -> None:
    turn = await store.record(session, "id-1", "hello", {})
    assert turn.note is None
    await store.answer(turn.message, ANSWER, {"note": 1})
    assert (await store.record(session, "id-2", "hello", {})).note == {"note": 1}
    assert (await store.record(session, "id-1", "hello", {})).note is None
    assert await store.last_note(session.id) == {"note": 1}


async def test_what_is_unanswered_is_found(store: Store, session: Session) -> None:
    answered = await store.record(session, "id-1", "answered", {})
    await store.record(session, "id-2", "unanswered", {})
    await store.answer(answered.message, ANSWER)
    begun = answered.message.created_at
    found = await store.unanswered(session.id, begun)
    assert [message.text for message in found] == ["unanswered"]
    assert [one.id for one in await store.unanswered_sessions(begun)] == [session.id]
    later = datetime.now(UTC) + timedelta(seconds=1)
    assert await store.unanswered(session.id, later) == []
    assert await store.unanswered_sessions(later) == []


async def test_feedback_is_kept_once_for_each_message_and_goes_with_the_session(
    store: Store, session: Session, opened: Database
) -> None:
    [welcome] = await store.history(session.id)
    await store.feedback(session.id, welcome.id, True, None)
    await store.feedback(session.id, welcome.id, False, "It was too long.")

    def work(db: Connection) -> list[Any]:
        return [tuple(row) for row in db.execute(select(Feedback.helpful, Feedback.reason))]

    assert await opened.read(work) == [(False, "It was too long.")]
    await store.erase(session)
    assert await count(opened, Feedback) == [0]


async def test_feedback_is_about_what_dorsi_said_in_this_session(
    store: Store, session: Session
) -> None:
    other, [welcome] = await store.open_session("other", "GB", WELCOME)
    turn = await store.record(session, "id-1", "hello", {})
    for message in (welcome.id, turn.message.id, "nothing"):
        with pytest.raises(UnknownMessage):
            await store.feedback(session.id, message, True, None)
    await store.feedback(other.id, welcome.id, True, None)


async def test_what_a_message_carries_is_kept_and_found_in_its_session_only(
    store: Store, session: Session
) -> None:
    reply = Reply(text="Lift.", exercise="toe_raise", seconds=Range(least=5, most=10))
    turn = await store.record(session, "id-1", "hello", {})
    [said] = await store.answer(turn.message, [reply])
    kept = {"sources": [], "exercise": "toe_raise", "seconds": {"least": 5, "most": 10}}
    assert await store.payload(session.id, said.id) == kept
    other, _ = await store.open_session("other", "GB", WELCOME)
    assert await store.payload(other.id, said.id) is None
    assert await store.payload(session.id, turn.message.id) is None


async def test_a_button_is_found_in_its_session_only(store: Store, session: Session) -> None:
    turn = await store.record(session, "id-1", "hello", {})
    said = await store.answer(turn.message, ANSWER)
    button = said[1].buttons[0]
    other, _ = await store.open_session("other", "GB", WELCOME)
    found = await store.offered(session.id, button.id)
    assert found is not None
    assert found.payload == "act:b"
    assert await store.offered(other.id, button.id) is None


async def test_erasing_leaves_only_the_note_for_rasa(
    store: Store, session: Session, opened: Database
) -> None:
    turn = await store.record(session, "id-1", "hello", {})
    await store.answer(turn.message, ANSWER)
    await store.erase(session)
    assert await count(opened, Session, Message, Button, Erasure) == [0, 0, 0, 1]
    [erasure] = await store.erasures()
    assert (erasure.session_id, erasure.diary_hash) == (session.id, "diary-hash")
    await store.erased_everywhere(session.id)
    assert await count(opened, Erasure) == [0]


async def test_an_erased_session_takes_no_more_messages(store: Store, session: Session) -> None:
    turn = await store.record(session, "id-1", "hello", {})
    await store.erase(session)
    with pytest.raises(SessionGone):
        await store.record(session, "id-2", "hello", {})
    with pytest.raises(SessionGone):
        await store.answer(turn.message, ANSWER)


async def test_the_database_gives_a_sign_of_life(store: Store) -> None:
    await store.ping()


async def test_sessions_begun_before_there_were_diaries_are_kept(
    url: str, session: Session, store: Store
) -> None:
    for move, revision in ((command.downgrade, "0001"), (command.upgrade, "head")):
        await asyncio.to_thread(move, database.alembic_config(url), revision)
    [welcome] = await store.history(session.id)
    assert welcome.text == "Welcome."
    found = await store.find_session("hash")
    assert found is not None
    assert found.diary_hash is None


async def test_messages_of_an_earlier_release_are_answered_if_they_have_replies(
    url: str, session: Session, store: Store
) -> None:
    turn = await store.record(session, "id-1", "answered", {})
    await store.answer(turn.message, ANSWER)
    await store.record(session, "id-2", "unanswered", {})
    for move, revision in ((command.downgrade, "0002"), (command.upgrade, "head")):
        await asyncio.to_thread(move, database.alembic_config(url), revision)
    history = await store.history(session.id)
    assert [message.text for message in history if not message.answered] == ["unanswered"]
    found = await store.find_session("hash")
    assert found is not None
    assert (found.last_seq, found.used_at) == (history[-1].seq, history[-1].created_at)


def test_migrating_again_changes_nothing(url: str) -> None:
    database.migrate(url)


def test_a_migrated_database_passes_the_check(url: str) -> None:
    database.check(url)


def test_a_database_that_is_not_migrated_is_refused_with_the_mend(tmp_path: Path) -> None:
    with pytest.raises(database.OutOfDate, match="python -m gateway migrate"):
        database.check(f"sqlite:///{tmp_path / 'new.db'}")
