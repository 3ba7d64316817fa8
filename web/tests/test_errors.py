import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from gateway.errors import IN_DANGER
from gateway.store import Store
from served.limits import MAX_BODY
from tests.conftest import Patient

JSON = {"Content-Type": "application/json"}


def code(response: httpx.Response) -> str:
    """The error's code, after a look at whether the body is as promised."""
    body = response.json()
    assert set(body) == {"error"}
    assert {"code", "message"} <= set(body["error"]) <= {"code", "message", "field"}
    assert body["error"]["message"]
    return str(body["error"]["code"])


async def post(patient: Patient, content: Any, **headers: str) -> httpx.Response:
    headers = {**patient.headers, **JSON, **headers}
    return await patient.client.post("/api/messages", content=content, headers=headers)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"nonsense",
        b"\xff\xfe",
        b'{"text": "\xff"}',
        b'{"text": NaN}',
        b'{"a": ' + b"1" * 5000 + b"}",
        b"[" * 60_000,
        '{"text": "a"}'.encode("utf-16"),
    ],
)
async def test_a_body_that_is_no_json_is_refused(patient: Patient, body: bytes) -> None:
    response = await post(patient, body)
    assert response.status_code == 400
    assert code(response) == "broken_json"


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/x-www-form-urlencoded", "json", "a/b/c"]
)
async def test_another_type_than_json_is_refused(patient: Patient, content_type: str) -> None:
    response = await post(patient, b'{"id": 1}', **{"Content-Type": content_type})
    assert response.status_code == 415
    assert code(response) == "not_json"


async def test_json_may_name_its_encoding(patient: Patient) -> None:
    body = json.dumps({"id": str(uuid.uuid4()), "text": "hello"}).encode()
    response = await post(patient, body, **{"Content-Type": "application/json; charset=utf-8"})
    assert response.status_code == 200


ID = str(uuid.UUID(int=5))


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "id"),
        ({"text": "a"}, "id"),
        ({"id": "a", "text": "a"}, "id"),
        ({"id": 5, "text": "a"}, "id"),
        ({"id": ID}, "body"),
        ({"id": ID, "text": "a", "choice": "b"}, "body"),
        ({"id": ID, "text": "", "choice": ""}, "body"),
        ({"id": ID, "text": None}, "text"),
        ({"id": ID, "text": 5}, "text"),
        ({"id": ID, "text": ["a"]}, "text"),
        ({"id": ID, "choice": {"a": "b"}}, "choice"),
        ([], "body"),
        ("text", "body"),
        (None, "body"),
        (5, "body"),
    ],
)
async def test_a_field_that_is_not_right_is_named(patient: Patient, body: Any, field: str) -> None:
    response = await post(patient, json.dumps(body))
    assert response.status_code == 422
    assert code(response) == "invalid_field"
    assert response.json()["error"]["field"] == field
    assert f"`{field}`" in response.json()["error"]["message"]


async def test_a_body_over_the_limit_is_refused_by_its_length(patient: Patient) -> None:
    response = await post(patient, b" " * (MAX_BODY + 1))
    assert response.status_code == 413
    assert code(response) == "too_large"


async def test_a_body_without_a_length_is_refused_as_soon_as_it_is_too_large(
    patient: Patient,
) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(1000):
            sent += 1
            yield b" " * 4096

    response = await post(patient, endless())
    assert response.status_code == 413
    # The client of these tests hands the body over piece by piece, as it is asked for.
    assert sent == MAX_BODY // 4096 + 1


async def test_a_body_of_just_the_limit_is_read(patient: Patient) -> None:
    body = json.dumps({"id": str(uuid.uuid4()), "text": ""})
    body = body[:-2] + "a" * (MAX_BODY - len(body)) + '"}'
    assert len(body) == MAX_BODY
    assert (await post(patient, body)).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nothing"),
        ("POST", "/api"),
        ("GET", "/api/messages/"),
        ("GET", "/docs"),
        ("GET", "/static/nothing.js"),
        ("GET", "/static/../api.py"),
        ("GET", "/static/%2e%2e/api.py"),
    ],
)
async def test_where_there_is_nothing_the_error_says_so(
    client: httpx.AsyncClient, method: str, path: str
) -> None:
    response = await client.request(method, path)
    assert response.status_code == 404
    assert code(response) == "not_found"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/api/sessions", "POST"),
        ("PUT", "/api/messages", "GET, POST"),
        ("POST", "/api/session", "DELETE, GET"),
        ("POST", "/api/summaries/1.pdf", "GET"),
        ("PUT", "/pictures/toe_raise/1.svg", "GET, HEAD"),
        ("POST", "/healthz", "GET"),
        ("POST", "/", "GET, HEAD"),
        ("TRACE", "/api/messages", "GET, POST"),
    ],
)
async def test_a_wrong_method_is_told_the_right_ones(
    client: httpx.AsyncClient, method: str, path: str, allowed: str
) -> None:
    response = await client.request(method, path)
    assert response.status_code == 405
    assert code(response) == "method_not_allowed"
    assert sorted(response.headers["allow"].split(", ")) == sorted(allowed.split(", "))


async def test_what_nobody_foresaw_is_answered_without_its_insides(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any) -> None:
        raise RuntimeError("the insides")

    monkeypatch.setattr(Store, "history", fail)
    response = await patient.client.get("/api/messages", headers=patient.headers)
    assert response.status_code == 500
    assert code(response) == "internal"
    assert "insides" not in response.text
    assert response.json()["error"]["message"].endswith(IN_DANGER)
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/messages"), ("GET", "/api/messages"), ("DELETE", "/api/session")],
)
@pytest.mark.parametrize("token", ["", "Bearer nobodys"])
async def test_whoever_has_no_session_any_more_still_reads_the_number(
    client: httpx.AsyncClient, method: str, path: str, token: str
) -> None:
    headers = {"Authorization": token} if token else {}
    body = {"id": ID, "text": "a"} if method == "POST" else None
    response = await client.request(method, path, headers=headers, json=body)
    assert response.status_code == 401
    assert response.json()["error"]["message"].endswith(IN_DANGER)


async def test_a_client_that_goes_away_while_it_sends_is_no_error(
    patient: Patient, caplog: pytest.LogCaptureFixture
) -> None:
    """Spoken in ASGI, since no client library hangs up in the middle."""
    app = patient.client._transport.app  # type: ignore[attr-defined]
    parts = iter([{"type": "http.request", "body": b"{", "more_body": True}])

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0)
        return next(parts, {"type": "http.disconnect"})

    async def send(_: Any) -> None:
        raise AssertionError("there is nobody to answer")

    scope = {"type": "http", "method": "POST", "path": "/api/sessions", "query_string": b""}
    with caplog.at_level("INFO"):
        await app({**scope, "headers": [(b"content-type", b"application/json")]}, receive, send)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    assert caplog.records[-1].__dict__["status"] == 499
