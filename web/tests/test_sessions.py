import base64
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import Patient, arrive


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
        ("GET", "/api/summaries/1.pdf"),
        ("GET", "/api/summaries/1.html"),
    ],
)
async def test_without_a_known_token_nothing_is_shown(
    client: httpx.AsyncClient, method: str, path: str, headers: dict[str, Any]
) -> None:
    response = await client.request(method, path, headers=headers)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json()["error"]["code"] == "unknown_session"


async def test_a_patient_sees_only_their_own_history(client: httpx.AsyncClient) -> None:
    one, other = await arrive(client), await arrive(client)
    await one.say("my secret")
    assert await other.history() == []
