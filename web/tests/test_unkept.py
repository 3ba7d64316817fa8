"""Whatever fails, advice on a red flag is given; what cannot be kept is said to have failed."""

import asyncio
import logging
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiosqlite
import httpx
import pytest
import triage
from sqlalchemy.exc import OperationalError
from triage import Numbers

from gateway.errors import IN_DANGER
from gateway.rasa import Rasa
from gateway.settings import Settings
from gateway.store import Store
from records import database
from served.json_lines import JsonLines
from tests.conftest import FakeRasa, Patient, answer, arrive, serving, turn
from tests.hearing import (
    ADVICE,
    ANSWER,
    EMERGENCY,
    GB,
    HARMLESS,
    SOON,
    SUICIDE,
    UNAVAILABLE,
    URGENT,
    hear,
    in_full,
)


@pytest.fixture
async def client(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a gateway that does not wait for long."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    monkeypatch.setattr(database, "QUEUE_SECONDS", 0.1)
    async with serving(settings) as client:
        yield client


@asynccontextmanager
async def locked(file: Path) -> AsyncIterator[None]:
    """While another process writes to the database, nothing can be recorded."""
    async with aiosqlite.connect(file) as other:
        await other.execute("BEGIN IMMEDIATE")
        yield
        await other.rollback()


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make parts of the transcript fail."""

    async def fail(*_: Any, **__: Any) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    def of(*names: str) -> None:
        for name in names:
            monkeypatch.setattr(Store, name, fail)

    return of


async def failed(patient: Patient, text: str | None = None, **body: Any) -> list[str]:
    """The advice that comes with the error."""
    response = await patient.send(text, **body)
    assert response.status_code == 500
    assert response.json()["error"]["code"] == "internal"
    assert IN_DANGER in response.json()["error"]["message"]
    messages = response.json().get("messages", [])
    assert all(message["kind"] == "escalation" and message["id"] for message in messages)
    assert not any(message["buttons"] for message in messages)  # they could not be taken
    return [message["text"] for message in messages]


# The database fails


@pytest.mark.parametrize("text", [EMERGENCY, URGENT, SUICIDE])
async def test_advice_is_given_while_the_database_is_locked(
    patient: Patient, rasa: FakeRasa, sqlite_file: Path, text: str
) -> None:
    async with locked(sqlite_file):
        assert await failed(patient, text) == [in_full(text)]
    assert await patient.history() == []
    assert rasa.received == []


@pytest.mark.parametrize("text", [HARMLESS, SOON, ""])
async def test_a_message_without_alarm_gets_the_error_with_the_number_alone(
    patient: Patient, sqlite_file: Path, text: str
) -> None:
    async with locked(sqlite_file):
        assert await failed(patient, text) == []


async def test_sent_again_it_is_kept_and_answered_once(
    patient: Patient, rasa: FakeRasa, sqlite_file: Path
) -> None:
    client_id = str(uuid.uuid4())
    async with locked(sqlite_file):
        await failed(patient, URGENT, id=client_id)
    assert await hear(patient, URGENT, id=client_id) == [in_full(URGENT), ANSWER]
    assert len(await patient.history()) == 3
    assert len(rasa.received) == 1


async def test_what_was_told_before_is_known_while_nothing_can_be_written(
    patient: Patient, sqlite_file: Path
) -> None:
    await patient.say(SUICIDE)
    async with locked(sqlite_file):
        assert await failed(patient, HARMLESS) == [ADVICE.stay(GB)]


async def test_patients_who_come_at_once_are_told_without_waiting_for_one_another(
    settings: Settings, sqlite_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 500)
    monkeypatch.setattr(database, "QUEUE_SECONDS", 0.1)
    async with serving(settings) as client:
        patients = [await arrive(client) for _ in range(8)]
        async with locked(sqlite_file):
            began = time.monotonic()
            told = await asyncio.gather(*(failed(patient, EMERGENCY) for patient in patients))
            assert time.monotonic() - began < 3  # one after the other it would be four and more
    assert told == [[in_full(EMERGENCY)]] * 8


async def test_an_error_is_never_stored_as_if_it_had_been_told(
    patient: Patient, sqlite_file: Path
) -> None:
    async with locked(sqlite_file):
        await failed(patient, EMERGENCY)
    assert await hear(patient, EMERGENCY) == [in_full(EMERGENCY)]


@pytest.mark.parametrize(
    "names", [["record"], ["answer"], ["record", "last_note"], ["record", "last_note", "answer"]]
)
async def test_advice_does_not_depend_on_any_step_of_recording(
    patient: Patient, fails: Any, names: list[str]
) -> None:
    fails(*names)
    assert await failed(patient, EMERGENCY) == [in_full(EMERGENCY)]
    assert await failed(patient, HARMLESS) == []


async def test_without_a_database_advice_has_the_numbers_of_anywhere(
    patient: Patient, fails: Any
) -> None:
    fails("find_session")
    elsewhere = Numbers("112, 999 or 911", "call a doctor")
    assert await failed(patient, EMERGENCY) == [in_full(EMERGENCY, elsewhere)]
    assert await failed(patient, HARMLESS) == []
    assert await failed(patient, choice=patient.welcome[0]["buttons"][0]["id"]) == []


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_without_a_database_every_other_route_names_the_number(
    patient: Patient, fails: Any, method: str
) -> None:
    fails("find_session")
    path = "/api/messages" if method == "GET" else "/api/session"
    response = await patient.client.request(method, path, headers=patient.headers)
    assert response.status_code == 500
    assert IN_DANGER in response.json()["error"]["message"]


# The answer fails after the message was recorded


async def test_a_database_that_fails_while_rasa_answers_takes_no_advice_away(
    patient: Patient, rasa: FakeRasa, sqlite_file: Path
) -> None:
    client_id = str(uuid.uuid4())
    async with locked_once_asked(rasa, sqlite_file, turn(answer())):
        assert await failed(patient, URGENT, id=client_id) == [in_full(URGENT)]
    rasa.says = turn(answer())
    assert await hear(patient, URGENT, id=client_id) == [in_full(URGENT), ANSWER]
    said = [entry["text"] for entry in await patient.history()]
    assert said == [URGENT, in_full(URGENT), ANSWER]


async def test_an_emergency_that_rasa_told_is_not_lost_either(
    patient: Patient, rasa: FakeRasa, sqlite_file: Path
) -> None:
    result = answer("Call 999 now.", kind="escalation", level="emergency")
    async with locked_once_asked(rasa, sqlite_file, turn(result)):
        assert await failed(patient, "no") == ["Call 999 now."]


@asynccontextmanager
async def locked_once_asked(rasa: FakeRasa, file: Path, said: Any) -> AsyncIterator[None]:
    """The database is locked from the moment Rasa is asked."""
    async with aiosqlite.connect(file) as other:

        async def lock_and_say(_: Any) -> Any:
            await other.execute("BEGIN IMMEDIATE")
            return said

        rasa.says = lock_and_say
        yield
        await other.rollback()


async def test_whatever_goes_wrong_in_asking_rasa_the_advice_is_kept_and_said(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("nobody foresaw this")

    monkeypatch.setattr(Rasa, "send", fail)
    assert await hear(patient, URGENT) == [in_full(URGENT), UNAVAILABLE]
    assert len(await patient.history()) == 3


# Screening fails


@pytest.fixture
def unscreened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the screener fail."""

    def fail(text: str, *_: Any) -> None:
        raise ValueError(text)

    monkeypatch.setattr(triage, "screen", fail)


@pytest.mark.usefixtures("unscreened")
@pytest.mark.parametrize("text", [EMERGENCY, HARMLESS])
async def test_what_could_not_be_screened_is_not_answered_as_if_it_were_harmless(
    patient: Patient, rasa: FakeRasa, text: str
) -> None:
    assert await hear(patient, text) == [UNAVAILABLE]
    assert [entry["text"] for entry in await patient.history()] == [text, UNAVAILABLE]
    assert rasa.received == []


async def test_a_screener_that_failed_forgets_nothing(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise ValueError

    await patient.say(EMERGENCY)
    with monkeypatch.context() as broken:
        broken.setattr(triage, "screen", fail)
        assert await hear(patient, HARMLESS) == [UNAVAILABLE]
    assert await hear(patient, HARMLESS) == [ADVICE.after(GB), ANSWER]


@pytest.mark.usefixtures("unscreened")
async def test_where_screening_and_recording_fail_the_number_is_still_said(
    patient: Patient, sqlite_file: Path
) -> None:
    async with locked(sqlite_file):
        assert await failed(patient, EMERGENCY) == []


# Logs


@pytest.mark.parametrize("broken", ["the database", "the screener"])
async def test_such_failures_are_logged_without_a_word_of_the_message(
    request: pytest.FixtureRequest,
    patient: Patient,
    sqlite_file: Path,
    caplog: pytest.LogCaptureFixture,
    broken: str,
) -> None:
    if broken == "the screener":
        request.getfixturevalue("unscreened")
        await patient.say(EMERGENCY)
    else:
        async with locked(sqlite_file):
            await failed(patient, EMERGENCY)
    lines = [JsonLines().format(record) for record in caplog.records]
    assert any('"error"' in line for line in lines)
    assert not any("drooping" in line for line in lines)
    assert logging.ERROR in {record.levelno for record in caplog.records}
