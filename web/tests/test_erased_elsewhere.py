"""A session that another process erased, which the gateway hears of from nobody."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from gateway import stream
from gateway.settings import Settings
from records import audit, erasing, search
from records.conversations import Conversation, ConversationWords
from records.database import Database
from records.models import Session
from records.people import Deed
from tests.conftest import FakeRasa, Patient, answer, arrive, serving, turn
from tests.listening import listening, running

BUTTON = {"title": "Braces", "payload": "topic:brace/overview"}


@pytest.fixture
async def other(settings: Settings) -> AsyncIterator[Database]:
    """The database as another process has it open."""
    opened = Database(settings.database_url)
    yield opened
    await opened.close()


async def erase(other: Database, number: int | None = None) -> str:
    """Erase the only session there is behind the gateway's back."""

    def work(db: Connection) -> str:
        id = str(db.scalar(select(Session.id)))
        erasing.erase(db, id, None, number)
        return id

    return await other.write(work)


async def test_what_a_patient_sends_next_is_told_to_begin_anew(
    patient: Patient, other: Database
) -> None:
    await patient.say("hello")
    await erase(other)
    for response in (
        await patient.send("hello"),
        await patient.get("/api/messages"),
        await patient.get("/api/session"),
        await patient.erase(),
    ):
        assert response.status_code == 401
        assert response.json()["error"]["code"] == "unknown_session"


async def test_a_red_flag_in_it_is_answered_all_the_same(patient: Patient, other: Database) -> None:
    await patient.say("hello")
    await erase(other)
    response = await patient.send("i have chest pain and cannot breathe")
    assert response.status_code == 401
    assert response.json()["messages"][0]["level"] == "emergency"


async def test_so_is_a_button_of_it(patient: Patient, rasa: FakeRasa, other: Database) -> None:
    rasa.says = turn(answer(buttons=[BUTTON]))
    [said] = await patient.say("hello")
    await erase(other)
    for _ in range(2):
        response = await patient.send(choice=said["buttons"][0]["id"])
        assert response.status_code == 401


async def test_whoever_has_it_open_is_told(
    settings: Settings, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.05)
    async with running(settings) as (_, client):
        patient = await arrive(client)
        async with listening(patient, after=1) as listener:
            await erase(other)
            heard = await listener.next()
            assert heard is not None
            assert heard.kind == "erased"
            assert await listener.next() is None


async def test_rasa_is_told_and_staff_who_erased_it_see_so(
    settings: Settings, rasa: FakeRasa, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.erasures.RETRY_SECONDS", 0.01)
    async with serving(settings) as client:
        await arrive(client)
        id = await erase(other, number=12)
        async with asyncio.timeout(5):
            while id not in rasa.erased:
                await asyncio.sleep(0.01)
            while not (found := await deeds(other)):
                await asyncio.sleep(0.01)
    assert found == [("gateway", audit.Action.ASSISTANT_TOLD, "conversation:12")]


async def test_a_turn_under_way_leaves_nothing_at_rasa(
    settings: Settings, rasa: FakeRasa, other: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.erasures.RETRY_SECONDS", 0.01)
    rasa.may_answer.clear()
    settings = settings.model_copy(update={"rasa_timeout": 5})
    async with serving(settings) as client:
        patient = await arrive(client)
        under_way = asyncio.create_task(patient.send("hello"))
        await rasa.heard.wait()
        id = await erase(other)
        await asyncio.sleep(0.1)
        assert rasa.erased == []  # Rasa would write the turn after it
        rasa.may_answer.set()
        assert (await under_way).status_code == 401
        async with asyncio.timeout(5):
            while id not in rasa.erased:
                await asyncio.sleep(0.01)


async def test_a_turn_at_another_gateway_has_rasa_told_once_more(
    settings: Settings, rasa: FakeRasa, other: Database, stored: Any
) -> None:
    rasa.may_answer.clear()
    settings = settings.model_copy(update={"rasa_timeout": 5})
    async with serving(settings) as client:
        patient = await arrive(client)
        under_way = asyncio.create_task(patient.send("hello"))
        await rasa.heard.wait()
        id = await erase(other)
        await other.write(lambda db: db.exec_driver_sql("DELETE FROM erasures"))  # it was told
        rasa.may_answer.set()
        assert (await under_way).status_code == 401
        assert await stored("SELECT session_id FROM erasures") == [(id,)]


async def test_the_words_leave_the_file_of_the_search_too(
    settings: Settings, other: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.erasures.RETRY_SECONDS", 0.01)
    async with serving(settings) as client:
        patients = [await arrive(client) for _ in range(3)]
        await other.write(index)
        assert holds(tmp_path, b"xylophon")
        for patient in patients[:2]:
            await patient.erase()
        async with asyncio.timeout(5):
            while holds(tmp_path, b"xylophon"):
                await asyncio.sleep(0.02)
        assert holds(tmp_path, b"trombon")


async def test_purging_a_search_that_needs_none_changes_nothing(other: Database) -> None:
    await search.purge(other)
    assert await other.write(lambda db: search.merge(db, is_first=True)) is False


async def deeds(other: Database) -> list[tuple[str, ...]]:
    asked = select(Deed.actor, Deed.action, Deed.object)
    return await other.read(lambda db: [tuple(row) for row in db.execute(asked)])


def index(db: Connection) -> None:
    """Have each session found by its words: two by the same, and one by another."""
    words = iter(["the xylophone", "a xylophone", "a trombone"])
    for session in db.execute(select(Session).order_by(Session.created_at)).all():
        at = {"began_at": session.created_at, "last_at": session.created_at}
        made = insert(Conversation).values(session_id=session.id, region="GB", **at)
        number = db.execute(made.returning(Conversation.number)).scalar_one()
        db.execute(insert(ConversationWords).values(number=number, words=next(words)))


def holds(folder: Path, word: bytes) -> bool:
    return any(word in file.read_bytes() for file in folder.glob("dorsi.db*"))
