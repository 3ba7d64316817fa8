import json
import uuid
from typing import Any

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from gateway.store import Store
from tests.conftest import Patient, arrive
from tests.hearing import EMERGENCY


async def give(patient: Patient, **body: Any) -> httpx.Response:
    return await patient.client.post("/api/feedback", json=body, headers=patient.headers)


async def answered(patient: Patient) -> str:
    """The id of a message of Dorsi's."""
    return str((await patient.say("hello"))[0]["id"])


async def test_feedback_is_kept_with_its_reason(patient: Patient, stored: Any) -> None:
    message = await answered(patient)
    response = await give(patient, message=message, helpful=False, reason="Too\nshort")
    assert (response.status_code, response.json()) == (200, {"messages": []})
    [row] = await stored("SELECT message_id, helpful, reason FROM feedback")
    assert row == (message, 0, "Too short")


async def test_the_last_feedback_on_a_message_counts(patient: Patient, stored: Any) -> None:
    message = await answered(patient)
    await give(patient, message=message, helpful=False, reason="Too short")
    await give(patient, message=message, helpful=True)
    assert await stored("SELECT helpful, reason FROM feedback") == [(1, None)]


async def test_feedback_can_be_taken_back(patient: Patient, stored: Any) -> None:
    message = await answered(patient)
    await give(patient, message=message, helpful=True)
    response = await give(patient, message=message, helpful=None)
    assert response.status_code == 200
    assert await stored("SELECT * FROM feedback") == []


async def test_feedback_goes_with_the_conversation(patient: Patient, stored: Any) -> None:
    await give(patient, message=await answered(patient), helpful=True)
    await patient.erase()
    assert await stored("SELECT * FROM feedback") == []


async def test_of_a_long_reason_the_beginning_is_kept(patient: Patient, stored: Any) -> None:
    response = await give(
        patient, message=await answered(patient), helpful=False, reason="a" * 5000
    )
    assert response.status_code == 200
    assert await stored("SELECT reason FROM feedback") == [("a" * 500,)]


async def test_a_red_flag_in_the_reason_is_answered(patient: Patient) -> None:
    long_before = "It did not help. " * 100
    message = await answered(patient)
    for reason in (EMERGENCY, long_before + EMERGENCY):
        response = await give(patient, message=message, helpful=False, reason=reason)
        [advice] = response.json()["messages"]
        assert (advice["kind"], advice["level"]) == ("escalation", "emergency")


async def test_a_red_flag_is_answered_even_where_the_message_is_not_known(
    patient: Patient,
) -> None:
    response = await give(patient, message="nothing", helpful=False, reason=EMERGENCY)
    assert response.status_code == 404
    assert response.json()["messages"][0]["level"] == "emergency"


async def test_only_messages_of_dorsis_in_this_conversation_get_feedback(
    client: httpx.AsyncClient, patient: Patient
) -> None:
    other = await arrive(client)
    own = str(uuid.uuid4())
    await patient.say("hello", id=own)
    for message in (await answered(other), own, "\0", "nothing"):
        response = await give(patient, message=message, helpful=True)
        assert response.status_code == 404
        assert response.json()["error"]["code"] == "no_message"


@pytest.mark.parametrize(
    "body", [{}, {"helpful": True}, {"message": "a", "helpful": "yes"}, {"message": 1}]
)
async def test_feedback_that_is_not_right_is_refused(
    patient: Patient, body: dict[str, Any]
) -> None:
    assert (await give(patient, **body)).status_code == 422


async def test_feedback_without_a_session_is_refused(client: httpx.AsyncClient) -> None:
    body = json.dumps({"message": "a", "helpful": True})
    headers = {"Content-Type": "application/json"}
    assert (await client.post("/api/feedback", content=body, headers=headers)).status_code == 401


@pytest.mark.parametrize("broken", ["feedback", "find_session"])
async def test_a_database_that_fails_takes_no_advice_away(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    async def fail(*_: Any) -> None:
        raise OperationalError("INSERT", {}, OSError("gone"))

    message = await answered(patient)
    monkeypatch.setattr(Store, broken, fail)
    failed = await give(patient, message=message, helpful=False, reason=EMERGENCY)
    assert (failed.status_code, failed.json()["error"]["code"]) == (500, "internal")
    assert failed.json()["messages"][0]["level"] == "emergency"


async def test_a_red_flag_without_a_session_is_answered(patient: Patient) -> None:
    patient.token = "nobodys"
    refused = await give(patient, message="a", helpful=False, reason=EMERGENCY)
    assert refused.status_code == 401
    assert refused.json()["messages"][0]["level"] == "emergency"
