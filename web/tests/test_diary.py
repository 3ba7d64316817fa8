"""The key of a browser's diary: who holds it, where it goes, and that it can be erased."""

import base64
import json
from pathlib import Path
from typing import Any

import aiosqlite
import httpx
import pytest

from gateway.settings import Settings
from tests.conftest import FakeRasa, Patient, arrive, serving

KEPT = {"consented_at": "2026-11-21T10:00:00", "visits": [{"exercise": "toe_raise"}]}


async def test_a_session_comes_with_a_key_nobody_can_guess(client: httpx.AsyncClient) -> None:
    keys = {(await arrive(client)).diary for _ in range(10)}
    assert len(keys) == 10
    assert all(len(base64.urlsafe_b64decode(key + "==")) >= 16 for key in keys)


async def test_a_key_that_was_kept_is_taken_up_again(client: httpx.AsyncClient) -> None:
    key = (await arrive(client)).diary
    later = await arrive(client, diary=key)
    assert later.diary == key


@pytest.mark.parametrize(
    "key", ["", "short", "a" * 21, "a" * 101, "a" * 30 + " ", "a" * 30 + "\n", "é" * 30, "\ud800"]
)
async def test_a_key_of_another_form_is_replaced(client: httpx.AsyncClient, key: str) -> None:
    headers = {"Content-Type": "application/json"}
    body = json.dumps({"diary": key})
    response = await client.post("/api/sessions", content=body, headers=headers)
    assert response.status_code == 201
    assert response.json()["diary"] != key


@pytest.mark.parametrize("key", [5, True, ["a" * 30], {"a": "b"}])
async def test_a_key_that_is_no_text_is_refused(client: httpx.AsyncClient, key: Any) -> None:
    response = await client.post("/api/sessions", json={"diary": key})
    assert response.status_code == 422
    assert response.json()["error"]["field"] == "diary"


async def test_rasa_is_told_the_keys_hash_and_the_key_is_stored_nowhere(
    patient: Patient, rasa: FakeRasa, tmp_path: Path
) -> None:
    await patient.say("hello")
    assert rasa.received[0]["metadata"]["diary"] == patient.diary_hash
    assert patient.diary not in str(rasa.received)
    files = [file.read_bytes() for file in tmp_path.glob("dorsi.db*")]
    assert any(patient.diary_hash.encode() in file for file in files)
    assert not any(patient.diary.encode() in file for file in files)


async def test_a_button_pressed_tells_rasa_too(patient: Patient, rasa: FakeRasa) -> None:
    await patient.say(choice=patient.welcome[0]["buttons"][0]["id"])
    assert rasa.received[0]["metadata"]["diary"] == patient.diary_hash


async def test_erasing_a_session_erases_its_diary_and_no_other(
    client: httpx.AsyncClient, patient: Patient, rasa: FakeRasa
) -> None:
    other = await arrive(client)
    rasa.diaries = {patient.diary_hash: KEPT, other.diary_hash: KEPT}
    await patient.erase()
    assert set(rasa.diaries) == {other.diary_hash}


async def test_a_diary_that_cannot_be_erased_now_is_erased_later(
    settings: Settings, rasa: FakeRasa, stored: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.erasures.RETRY_SECONDS", 0.01)
    rasa.can_erase = False
    async with serving(settings) as client:
        patient = await arrive(client)
        rasa.diaries = {patient.diary_hash: KEPT}
        assert (await patient.erase()).status_code == 204
        assert await stored("SELECT diary_hash FROM erasures") == [(patient.diary_hash,)]
        rasa.can_erase = True
        while await stored("SELECT * FROM erasures"):
            pass
    assert rasa.diaries == {}


async def test_all_that_is_kept_can_be_read(patient: Patient, rasa: FakeRasa) -> None:
    await patient.say("hello")
    rasa.diaries = {patient.diary_hash: KEPT}
    response = await patient.get("/api/session")
    kept = response.json()
    history = (await patient.get("/api/messages")).json()
    assert response.status_code == 200
    assert kept.pop("created_at")
    assert kept == {"region": "GB", "diary": KEPT, "feedback": [], **history}
    assert response.headers["cache-control"] == "no-store"


async def test_who_keeps_no_diary_reads_that_there_is_none(patient: Patient) -> None:
    assert (await patient.get("/api/session")).json()["diary"] is None


async def test_a_session_older_than_diaries_is_read_without_asking_for_one(
    patient: Patient, rasa: FakeRasa, sqlite_file: Path
) -> None:
    async with aiosqlite.connect(sqlite_file) as connection:
        await connection.execute("UPDATE sessions SET diary_hash = NULL")
        await connection.commit()
    await patient.say("hello")
    assert "diary" not in rasa.received[0]["metadata"]
    assert (await patient.get("/api/session")).json()["diary"] is None
    assert rasa.exports == []
    assert (await patient.erase()).status_code == 204


@pytest.mark.parametrize("diary", ["mine", [], 5])
async def test_a_diary_that_is_none_is_not_shown(
    patient: Patient, rasa: FakeRasa, diary: Any
) -> None:
    rasa.diaries = {patient.diary_hash: diary}
    assert (await patient.get("/api/session")).status_code == 503


async def test_where_the_diary_cannot_be_read_nothing_half_is_shown(
    patient: Patient, rasa: FakeRasa
) -> None:
    await patient.say("my secret")
    rasa.status = 500
    response = await patient.get("/api/session")
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "diary_unavailable"
    assert "secret" not in response.text


async def test_a_patient_reads_only_their_own(client: httpx.AsyncClient, rasa: FakeRasa) -> None:
    one, other = await arrive(client), await arrive(client)
    rasa.diaries = {one.diary_hash: KEPT}
    await one.say("my secret")
    kept = await other.get("/api/session")
    assert kept.json()["diary"] is None
    assert "secret" not in kept.text
