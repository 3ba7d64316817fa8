import asyncio

import httpx
import pytest

from gateway import health
from gateway.store import Store
from tests.conftest import FakeRasa, turn


async def test_health_is_found_by_asking_rasa(client: httpx.AsyncClient, rasa: FakeRasa) -> None:
    response = await client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert [(sent["sender"], sent["text"]) for sent in rasa.received] == [("0" * 32, "hello")]


async def test_the_canarys_conversation_does_not_grow(
    client: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    await client.get("/healthz")
    assert rasa.erased == ["0" * 32]


async def test_many_askers_send_one_canary(client: httpx.AsyncClient, rasa: FakeRasa) -> None:
    responses = await asyncio.gather(*(client.get("/healthz") for _ in range(10)))
    assert {response.status_code for response in responses} == {200}
    assert len(rasa.received) == 1


async def test_a_result_is_good_for_a_few_seconds_only(
    client: httpx.AsyncClient, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "CACHE_SECONDS", 0)
    await client.get("/healthz")
    rasa.says = turn()
    assert (await client.get("/healthz")).status_code == 503


@pytest.mark.parametrize("how", ["empty", "error", "silent"])
async def test_where_rasa_does_not_answer_health_says_so(
    client: httpx.AsyncClient, rasa: FakeRasa, how: str
) -> None:
    match how:
        case "empty":
            rasa.says = turn()
        case "error":
            rasa.status = 500
        case "silent":
            rasa.may_answer.clear()
    response = await client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["error"]["code"] == "unhealthy"
    assert "Rasa does not answer" in response.json()["error"]["message"]


async def test_where_the_database_does_not_answer_health_says_so(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: Store) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(Store, "ping", fail)
    response = await client.get("/healthz")
    assert response.status_code == 503
    assert "the database does not answer" in response.json()["error"]["message"]
