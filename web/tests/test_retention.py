"""Conversations are kept for a time, and then no more."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import insert, select

from gateway.settings import Settings
from gateway.store import Store
from records.base import now
from records.conversations import Conversation
from records.database import connect
from records.models import Session
from tests.conftest import FakeRasa, Patient, arrive, serving
from tests.listening import ago, change

OLDER = "UPDATE messages SET created_at = ?"
BEGAN = "UPDATE sessions SET created_at = ?"


def age(file: Path, *, session: float, messages: float) -> None:
    """Let so many days pass since the sessions began, and since the last message."""
    change(file, BEGAN, ago(days=session))
    change(file, OLDER, ago(days=messages))


async def gone(stored: Any) -> None:
    async with asyncio.timeout(5):
        while await stored("SELECT * FROM sessions") or await stored("SELECT * FROM erasures"):
            await asyncio.sleep(0.005)


async def test_a_conversation_is_erased_ninety_days_after_its_last_message(
    settings: Settings, rasa: FakeRasa, stored: Any, sqlite_file: Path
) -> None:
    async with serving(settings) as client:
        await (await arrive(client)).say("hello")
    age(sqlite_file, session=91, messages=90.01)
    async with serving(settings):
        await gone(stored)
    assert await stored("SELECT * FROM messages") == []
    assert rasa.erased == [rasa.received[0]["sender"]]


async def test_one_with_a_later_message_is_kept(
    settings: Settings, stored: Any, sqlite_file: Path
) -> None:
    async with serving(settings) as client:
        old, young = await arrive(client), await arrive(client)
        await young.say("hello")
    age(sqlite_file, session=400, messages=400)
    change(sqlite_file, f"{OLDER} WHERE text = 'hello'", ago(days=89))
    async with serving(settings), asyncio.timeout(5):
        while len(await stored("SELECT * FROM sessions")) > 1:
            await asyncio.sleep(0.005)
    assert await stored("SELECT text FROM messages WHERE seq = 2") == [("hello",)]
    assert old.token != young.token


async def test_the_diary_outlives_the_conversation(
    settings: Settings, rasa: FakeRasa, stored: Any, sqlite_file: Path
) -> None:
    async with serving(settings) as client:
        patient = await arrive(client)
        rasa.diaries[patient.diary_hash] = {"visits": []}
    age(sqlite_file, session=91, messages=91)
    async with serving(settings):
        await gone(stored)
    assert patient.diary_hash in rasa.diaries


async def test_how_long_it_is_kept_can_be_set(
    settings: Settings, stored: Any, sqlite_file: Path
) -> None:
    settings = settings.model_copy(update={"retention_days": 2})
    async with serving(settings) as client:
        await arrive(client)
    age(sqlite_file, session=3, messages=3)
    async with serving(settings):
        await gone(stored)


async def test_a_client_is_told_how_long_it_is_kept(client: httpx.AsyncClient) -> None:
    assert (await client.post("/api/sessions")).json()["kept"] == {"days": 90}


async def test_looking_goes_on_after_a_failure(
    settings: Settings, stored: Any, sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tries = Store.outdated, 0

    async def fails_at_first(self: Store, *values: Any) -> Any:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise OSError("the database is away")
        return await real(self, *values)

    monkeypatch.setattr("gateway.retention.EVERY_SECONDS", 0.01)
    monkeypatch.setattr(Store, "outdated", fails_at_first)
    async with serving(settings) as client:
        await arrive(client)
        age(sqlite_file, session=91, messages=91)
        await gone(stored)
    assert tries > 1


async def test_what_was_said_while_the_old_ones_were_looked_up_is_kept(
    settings: Settings, stored: Any, sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Store.outdated
    patients: list[Patient] = []

    async def says_something(self: Store, *values: Any) -> Any:
        found = await real(self, *values)
        if found and patients:
            await patients.pop().say("hello")
        return found

    monkeypatch.setattr("gateway.retention.EVERY_SECONDS", 0.01)
    monkeypatch.setattr(Store, "outdated", says_something)
    settings = settings.model_copy(update={"retention_days": 28})
    async with serving(settings) as client:
        talking, gone_long_ago = await arrive(client), await arrive(client)
        patients.append(talking)
        age(sqlite_file, session=29, messages=100)
        async with asyncio.timeout(5):
            while len(await stored("SELECT * FROM sessions")) > 1:
                await asyncio.sleep(0.005)
        assert (await gone_long_ago.get("/api/messages")).status_code == 401
        assert len(await talking.history()) == 2


async def test_one_that_cannot_be_erased_keeps_no_other(
    settings: Settings, stored: Any, sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Store.erase_outdated
    failed: list[str] = []

    async def fails_at_first(self: Store, sessions: Any, *more: Any) -> Any:
        if not failed:
            failed.append(sessions[0].id)
        if failed[0] in [session.id for session in sessions]:
            raise OSError("the disk is away")
        return await real(self, sessions, *more)

    async with serving(settings) as client:
        for _ in range(3):
            await arrive(client)
    age(sqlite_file, session=91, messages=91)
    monkeypatch.setattr(Store, "erase_outdated", fails_at_first)
    async with serving(settings), asyncio.timeout(5):
        while len(await stored("SELECT * FROM sessions")) > 1:
            await asyncio.sleep(0.005)
    assert await stored("SELECT id FROM sessions") == [tuple(failed)]


async def test_one_that_staff_hold_is_kept_until_they_let_it_go(
    settings: Settings, stored: Any, sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.retention.EVERY_SECONDS", 0.01)
    async with serving(settings) as client:
        await (await arrive(client)).say("hello")
        await arrive(client)
        change(
            sqlite_file,
            "INSERT INTO holds (session_id, reason, at) "
            "SELECT session_id, 'A court asked', created_at FROM messages WHERE text = ?",
            "hello",
        )
        age(sqlite_file, session=91, messages=91)
        async with asyncio.timeout(5):
            while len(await stored("SELECT * FROM sessions")) > 1:
                await asyncio.sleep(0.005)
        await asyncio.sleep(0.1)
        assert await stored("SELECT text FROM messages WHERE seq = 2") == [("hello",)]
        change(sqlite_file, "DELETE FROM holds")
        await gone(stored)


async def test_one_that_is_held_while_the_old_ones_are_looked_up_is_kept(
    settings: Settings, stored: Any, sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, looked = Store.outdated, asyncio.Event()

    async def is_held_meanwhile(self: Store, *values: Any) -> Any:
        found = await real(self, *values)
        if found:
            hold = (
                "INSERT INTO holds (session_id, reason, at) SELECT id, 'r', used_at FROM sessions"
            )
            change(sqlite_file, hold)
            looked.set()
        return found

    async with serving(settings) as client:
        await arrive(client)
    age(sqlite_file, session=91, messages=91)
    monkeypatch.setattr(Store, "outdated", is_held_meanwhile)
    async with serving(settings), asyncio.timeout(5):
        await looked.wait()
    assert len(await stored("SELECT * FROM sessions")) == 1


async def test_the_patient_erases_it_all_the_same(
    patient: Patient, stored: Any, sqlite_file: Path
) -> None:
    hold = "INSERT INTO holds (session_id, reason, at) SELECT id, 'r', created_at FROM sessions"
    change(sqlite_file, hold)
    assert (await patient.erase()).status_code == 204
    assert await stored("SELECT * FROM sessions") == await stored("SELECT * FROM holds") == []


def number_two(file: Path) -> None:
    """Give two of the sessions a number, as the desk's index does."""
    engine = connect(f"sqlite:///{file}")
    with engine.begin() as db:
        for id in db.scalars(select(Session.id).limit(2)).all():
            at = {"began_at": now(), "last_at": now()}
            db.execute(insert(Conversation).values(session_id=id, region="GB", **at))
    engine.dispose()


async def test_a_sweep_is_one_entry_of_the_audit_log_and_an_empty_one_is_none(
    settings: Settings, stored: Any, sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.retention.EVERY_SECONDS", 0.01)
    async with serving(settings) as client:
        for _ in range(3):
            await (await arrive(client)).say("xylophone")
        number_two(sqlite_file)
        age(sqlite_file, session=91, messages=91)
        await gone(stored)
        await asyncio.sleep(0.1)
    [(actor, action, about, detail)] = await stored(
        "SELECT actor, action, object, detail FROM audit"
    )
    assert (actor, action, about) == ("gateway", "retention_swept", "retention")
    kept = json.loads(detail)
    assert (kept["count"], kept["numbers"]) == (3, [1, 2])
    assert set(kept) == {"count", "numbers", "before"}


# Sessions end sooner


@pytest.mark.parametrize(
    "statement",
    [
        ("UPDATE sessions SET used_at = ?", 7.01),
        ("UPDATE sessions SET created_at = ?", 30.01),
    ],
)
async def test_a_session_ends_after_a_week_without_use_or_a_month(
    patient: Patient, rasa: FakeRasa, sqlite_file: Path, statement: tuple[str, float]
) -> None:
    await patient.say("hello")  # it is known now, and must end all the same
    change(sqlite_file, statement[0], ago(days=statement[1]))
    for response in (
        await patient.send("hello"),
        await patient.get("/api/messages"),
        await patient.get("/api/session"),
    ):
        assert response.status_code == 401
        assert response.json()["error"]["code"] == "unknown_session"
    assert len(rasa.received) == 1


async def test_a_session_that_has_ended_can_still_be_erased(
    patient: Patient, rasa: FakeRasa, sqlite_file: Path, stored: Any
) -> None:
    await patient.say("hello")
    change(sqlite_file, "UPDATE sessions SET used_at = ?", ago(days=8))
    assert (await patient.erase()).status_code == 204
    assert await stored("SELECT * FROM messages") == []
    assert rasa.erased == [rasa.received[0]["sender"]]
    assert (await patient.erase()).status_code == 401


@pytest.mark.parametrize(
    "statement",
    [
        ("UPDATE sessions SET used_at = ?", 6.99),
        ("UPDATE sessions SET created_at = ?", 29.99),
    ],
)
async def test_until_then_it_lasts(
    patient: Patient, sqlite_file: Path, statement: tuple[str, float]
) -> None:
    change(sqlite_file, statement[0], ago(days=statement[1]))
    assert (await patient.get("/api/messages")).status_code == 200
    assert (await patient.send("hello")).status_code == 200


@pytest.mark.parametrize(("hours", "noted"), [(0.9, False), (1.1, True)])
async def test_reading_counts_as_use_and_is_noted_once_an_hour(
    patient: Patient, sqlite_file: Path, stored: Any, hours: float, noted: bool
) -> None:
    before = ago(hours=hours)
    change(sqlite_file, "UPDATE sessions SET used_at = ?", before)
    await patient.history()
    [(used,)] = await stored("SELECT used_at FROM sessions")
    assert (used > before) is noted
