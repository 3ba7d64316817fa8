import asyncio
import base64
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.settings import Settings
from tests.conftest import FakeRasa, Patient, arrive, serving
from tests.hearing import ANSWER, EMERGENCY
from tests.listening import ago, change


async def test_a_session_begins_with_the_welcome(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/sessions", json={"region": "GB"})
    assert response.status_code == 201
    [welcome] = response.json()["messages"]
    assert welcome["text"] == "I am Dorsi.\nIn an emergency call 999."
    assert (welcome["kind"], welcome["level"], welcome["topic"]) == ("notice", "none", None)
    assert [button["title"] for button in welcome["buttons"]] == ["Exercises", "What is kept"]
    assert [button.get("topic") for button in welcome["buttons"]] == ["exercises/overview", None]


async def test_the_welcome_is_the_first_entry_of_the_history(patient: Patient) -> None:
    response = await patient.client.get("/api/messages", headers=patient.headers)
    assert response.json() == {"messages": [{"from": "dorsi", **patient.welcome[0]}]}


@pytest.mark.parametrize("body", [{}, {"region": None}, {"region": "XX"}, {"region": "unknown"}])
async def test_a_region_dorsi_does_not_know_gets_the_numbers_for_anywhere(
    client: httpx.AsyncClient, body: dict[str, Any]
) -> None:
    response = await client.post("/api/sessions", json=body)
    assert response.status_code == 201
    assert "112, 999 or 911" in response.json()["messages"][0]["text"]


async def test_a_session_can_begin_without_a_body(client: httpx.AsyncClient) -> None:
    assert (await client.post("/api/sessions")).status_code == 201


async def test_a_region_may_be_written_small(client: httpx.AsyncClient) -> None:
    assert "call 999" in (await arrive(client, region="gb")).welcome[0]["text"]


@pytest.mark.parametrize("region", [5, ["GB"], {"a": "b"}, True])
async def test_a_region_that_is_no_text_is_refused(client: httpx.AsyncClient, region: Any) -> None:
    response = await client.post("/api/sessions", json={"region": region})
    assert response.status_code == 422
    assert response.json()["error"]["field"] == "region"


async def test_tokens_are_long_and_never_the_same(client: httpx.AsyncClient) -> None:
    tokens = {(await arrive(client)).token for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(base64.urlsafe_b64decode(token + "==")) >= 16 for token in tokens)


async def test_the_token_is_nowhere_in_the_database(patient: Patient, tmp_path: Path) -> None:
    await patient.say("hello")
    files = list(tmp_path.glob("dorsi.db*"))
    assert files
    assert not any(patient.token.encode() in file.read_bytes() for file in files)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer nobody"},
        {"Authorization": "Bearer"},
        {"Authorization": "Basic dXNlcjpwYXNz"},
        {"Authorization": b"Bearer \xff\xfe"},
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/messages"),
        ("POST", "/api/messages"),
        ("GET", "/api/session"),
        ("DELETE", "/api/session"),
        ("POST", "/api/session/token"),
        ("GET", "/api/stream"),
        ("GET", "/api/summaries/1.pdf"),
        ("GET", "/api/summaries/1.html"),
    ],
)
async def test_without_a_known_token_nothing_is_shown(
    client: httpx.AsyncClient, method: str, path: str, headers: dict[str, Any]
) -> None:
    body = {"id": str(uuid.uuid4()), "text": "hello"} if method == "POST" else None
    response = await client.request(method, path, headers=headers, json=body)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json()["error"]["code"] == "unknown_session"


async def test_a_patient_sees_only_their_own_history(client: httpx.AsyncClient) -> None:
    one, other = await arrive(client), await arrive(client)
    await one.say("my secret")
    assert await other.history() == []


async def test_a_red_flag_is_answered_to_whoever_has_no_session_any_more(
    patient: Patient, sqlite_file: Path
) -> None:
    await patient.say("hello")
    change(sqlite_file, "UPDATE sessions SET used_at = '2020-01-01 00:00:00.000000'")
    for token in (patient.token, "nobodys"):  # one is at hand, one has to be looked up
        patient.token = token
        refused = await patient.send(EMERGENCY)
        assert refused.status_code == 401
        assert [said["level"] for said in refused.json()["messages"]] == ["emergency"]
        assert "messages" not in (await patient.send("hello")).json()


async def test_messages_without_a_session_count_for_their_address(settings: Settings) -> None:
    async with serving(settings.model_copy(update={"dorsi_rate_limit": True})) as client:
        nobody = Patient(client, {"session": "nobodys", "diary": "", "messages": []})
        for _ in range(240):
            assert (await nobody.send("hello")).status_code == 401
        refused = await nobody.send(EMERGENCY)
    assert refused.status_code == 429
    assert refused.json()["messages"][0]["level"] == "emergency"


# What is kept


async def test_all_that_is_kept_names_the_feedback(patient: Patient) -> None:
    [reply] = await patient.say("hello")
    given = {"message": reply["id"], "helpful": False, "reason": "Too short"}
    await patient.client.post("/api/feedback", json=given, headers=patient.headers)
    [kept] = (await patient.get("/api/session")).json()["feedback"]
    assert kept.pop("at")
    assert kept == given


# Another token


async def change_token(patient: Patient) -> str:
    response = await patient.client.post("/api/session/token", headers=patient.headers)
    assert response.status_code == 200
    return str(response.json()["session"])


async def test_a_token_can_be_changed_and_the_conversation_stays(patient: Patient) -> None:
    await patient.say("hello")
    old, patient.token = patient.token, await change_token(patient)
    assert patient.token != old
    assert len(await patient.history()) == 2
    assert await patient.say("again")


async def test_the_token_before_is_taken_for_a_minute_and_then_never(
    patient: Patient, sqlite_file: Path
) -> None:
    await patient.say("hello")
    new = await change_token(patient)
    assert (await patient.send("hello")).status_code == 200
    assert (await patient.get("/api/messages")).status_code == 200
    change(sqlite_file, "UPDATE sessions SET previous_until = ?", ago(seconds=1))
    assert (await patient.send("hello")).status_code == 401
    assert (await patient.get("/api/messages")).status_code == 401
    assert (await patient.erase()).status_code == 401
    patient.token = new
    assert len(await patient.history()) == 4


async def test_an_answer_that_was_lost_locks_nobody_out(patient: Patient) -> None:
    for _ in range(3):
        new = await change_token(patient)  # by the token of the beginning, each time
    patient.token = new
    assert await patient.say("hello")


async def test_asking_again_makes_the_token_before_last_no_longer(
    patient: Patient, stored: Any
) -> None:
    await change_token(patient)
    first = await stored("SELECT previous_hash, previous_until FROM sessions")
    await change_token(patient)
    assert await stored("SELECT previous_hash, previous_until FROM sessions") == first


async def test_a_token_that_nobody_got_is_of_no_use(patient: Patient) -> None:
    lost = await change_token(patient)
    await change_token(patient)
    patient.token = lost
    assert (await patient.get("/api/messages")).status_code == 401


async def test_turns_keep_their_order_under_both_tokens(patient: Patient, rasa: FakeRasa) -> None:
    new = Patient(patient.client, {"session": "", "diary": "", "messages": []})
    new.token = await change_token(patient)
    rasa.may_answer.clear()
    first = asyncio.create_task(patient.say("first"))
    await rasa.heard.wait()
    second = asyncio.create_task(new.say("second"))
    await asyncio.sleep(0.02)
    assert rasa.texts == ["first"]
    rasa.may_answer.set()
    await asyncio.gather(first, second)
    said = [entry["text"] for entry in await new.history()]
    assert said == ["first", ANSWER, "second", ANSWER]


async def test_a_session_erased_by_another_gateway_is_not_known_any_more(
    settings: Settings, patient: Patient, rasa: FakeRasa
) -> None:
    await patient.say("hello")
    async with serving(settings) as elsewhere:
        there = Patient(elsewhere, {"session": patient.token, "diary": "", "messages": []})
        assert (await there.erase()).status_code == 204
    assert (await patient.send("hello")).status_code == 401
    assert len(rasa.received) == 1
