"""Whatever is sent, the gateway has an answer to it."""

import json
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as run
from hypothesis import strategies as st

from gateway.settings import Settings
from tests.conftest import FakeRasa, Patient

ANY_TEXT = st.text(st.characters(categories=None), max_size=200)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=10,
)
FIELDS = st.sampled_from(
    ["id", "text", "choice", "region", "message", "helpful", "reason", "sender", "metadata"]
)
PATHS = st.sampled_from(
    ["/api/messages", "/api/sessions", "/api/feedback", "/webhooks/rest/webhook"]
)
MESSAGES = st.dictionaries(FIELDS, ANY_JSON | st.uuids().map(str), max_size=4)
fuzz = run(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings that open the door for clients of Rasa's REST channel, too."""
    return settings.model_copy(update={"dorsi_channels": frozenset({"rest"})})


@pytest.fixture(autouse=True)
def _every_answer_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rasa is asked each time, however often it has just answered nonsense."""
    monkeypatch.setattr("gateway.breaker.FAILURES", 10**9)


async def post(patient: Patient, path: str, body: bytes) -> int:
    headers = {**patient.headers, "Content-Type": "application/json"}
    response = await patient.client.post(path, content=body, headers=headers)
    assert response.status_code < 500, response.text
    assert response.json()
    return response.status_code


@fuzz
@given(text=ANY_TEXT)
async def test_any_text_gets_a_reply(patient: Patient, text: str) -> None:
    body = json.dumps({"id": str(uuid.uuid4()), "text": text}).encode()
    assert await post(patient, "/api/messages", body) == 200


@fuzz
@given(path=PATHS, value=ANY_JSON | MESSAGES)
async def test_any_json_gets_an_answer(patient: Patient, path: str, value: Any) -> None:
    await post(patient, path, json.dumps(value).encode())


@fuzz
@given(path=PATHS, body=st.binary(max_size=200))
async def test_any_bytes_get_an_answer(patient: Patient, path: str, body: bytes) -> None:
    await post(patient, path, body)


@fuzz
@given(region=ANY_TEXT.filter(str.isascii) | st.text(max_size=50))
async def test_any_region_gets_numbers_to_call(patient: Patient, region: str) -> None:
    response = await patient.client.get("/api/help", params={"region": region})
    assert response.json()["calls"]


@fuzz
@given(origin=st.binary(max_size=50).filter(lambda sent: b"\n" not in sent and b"\r" not in sent))
async def test_any_origin_that_is_not_listed_is_refused(patient: Patient, origin: bytes) -> None:
    response = await patient.client.get("/api/help", headers={b"Origin": origin})
    assert response.status_code == 403


@fuzz
@given(value=ANY_JSON)
async def test_whatever_rasa_says_the_patient_gets_a_reply(
    patient: Patient, rasa: FakeRasa, value: Any
) -> None:
    rasa.says = json.dumps(value).encode()
    assert await patient.say("hello")


@fuzz
@given(
    message=st.fixed_dictionaries(
        {"text": ANY_TEXT},
        optional={
            "kind": st.sampled_from(["answer", "escalation", None]),
            "level": st.sampled_from(["none", "emergency", None]),
            "buttons": st.lists(st.fixed_dictionaries({"title": ANY_TEXT, "payload": ANY_TEXT})),
            "sources": st.lists(st.fixed_dictionaries({"title": ANY_TEXT, "url": ANY_TEXT})),
            "topic": st.none() | ANY_TEXT,
        },
    ),
    understanding=ANY_JSON,
)
async def test_whatever_rasa_writes_the_patient_gets_a_reply(
    patient: Patient, rasa: FakeRasa, message: Any, understanding: Any
) -> None:
    rasa.says = json.dumps({"messages": [message], "understanding": understanding}).encode()
    assert await patient.say("hello")
    await patient.history()
