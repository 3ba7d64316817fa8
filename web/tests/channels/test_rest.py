"""The door that has the shape of Rasa's own REST channel."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from gateway.channels.rest import PATH
from gateway.channels.secret import FILE_NAME, read_or_make, tokens
from gateway.sessions import hash_token
from gateway.settings import Settings
from gateway.store import Store
from tests.conftest import FakeRasa, answer, serving, turn
from tests.hearing import EMERGENCY
from tests.listening import change

BUTTON = {"title": "Braces", "payload": "topic:brace/overview"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings that open the door."""
    return settings.model_copy(update={"dorsi_channels": frozenset({"rest"})})


async def send(client: httpx.AsyncClient, message: str, **body: Any) -> list[dict[str, Any]]:
    response = await client.post(PATH, json={"sender": "anna", "message": message, **body})
    assert response.status_code == 200, response.text
    said: list[dict[str, Any]] = response.json()
    return said


async def test_the_first_message_gets_the_welcome_and_its_answer(
    client: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    welcome, answered = await send(client, "hello", metadata={"region": "GB"})
    assert welcome["text"] == "I am Dorsi.\nIn an emergency call 999."
    assert answered == {
        "recipient_id": "anna",
        "text": "It can be.",
        "custom": {"kind": "answer", "level": "none", "topic": "causes/stroke", "sources": []},
    }
    assert rasa.texts == ["hello"]


async def test_the_same_sender_goes_on_with_the_conversation_and_another_does_not(
    client: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    await send(client, "one")
    assert len(await send(client, "two")) == 1
    await send(client, "three", sender="bert")
    senders = [body["sender"] for body in rasa.received]
    assert senders[0] == senders[1] != senders[2]


async def test_a_button_comes_as_a_payload_that_takes_it(
    client: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    rasa.says = turn(answer(buttons=[BUTTON]))
    [button] = (await send(client, "hello"))[-1]["buttons"]
    assert button["title"] == "Braces"
    assert button["payload"].startswith("choice:")
    await send(client, button["payload"])
    assert rasa.received[-1]["choice"] == "topic:brace/overview"


@pytest.mark.parametrize("message", ["/restart", '/choice{"id": "1"}', "choice:", "choice:made-up"])
async def test_what_was_not_offered_is_plain_text(
    client: httpx.AsyncClient, rasa: FakeRasa, message: str
) -> None:
    await send(client, message)
    assert rasa.texts == [message]


async def test_a_button_of_another_sender_is_plain_text(
    client: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    rasa.says = turn(answer(buttons=[BUTTON]))
    payload = (await send(client, "hello"))[-1]["buttons"][0]["payload"]
    await send(client, payload, sender="bert")
    assert rasa.received[-1]["text"] == payload


async def test_an_emergency_is_answered_with_the_numbers_to_call(
    client: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    said = (await send(client, EMERGENCY, metadata={"region": "GB"}))[-1]
    assert said["custom"]["level"] == "emergency"
    assert said["custom"]["calls"] == [{"title": "Call 999", "number": "999"}]
    assert rasa.received == []


async def test_an_emergency_is_told_where_the_database_does_not_answer(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: Store, __: str) -> None:
        raise OperationalError("SELECT", {}, OSError("gone"))

    monkeypatch.setattr(Store, "find_session", fail)
    advice, sorry = await send(client, EMERGENCY)
    assert advice["custom"]["level"] == "emergency"
    assert sorry["text"].startswith("Please try again in a minute.")


async def test_messages_of_one_sender_are_answered_in_their_order(
    client: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    messages = [f"message {number}" for number in range(8)]
    async with asyncio.TaskGroup() as group:
        for message in messages:
            group.create_task(send(client, message))
            await asyncio.sleep(0)
    assert rasa.texts == messages


@pytest.mark.parametrize(
    "body",
    [{}, {"message": "hello"}, {"sender": "", "message": "a"}, {"sender": "a", "message": 1}],
)
async def test_a_message_without_sender_or_words_is_refused(
    client: httpx.AsyncClient, body: dict[str, Any]
) -> None:
    assert (await client.post(PATH, json=body)).status_code == 422


async def test_pages_of_other_sites_are_refused(client: httpx.AsyncClient) -> None:
    body = {"sender": "anna", "message": "hello"}
    headers = {"Origin": "https://other.example"}
    assert (await client.post(PATH, json=body, headers=headers)).status_code == 403


async def test_a_sender_of_too_many_messages_is_told_to_wait(settings: Settings) -> None:
    limited = settings.model_copy(update={"dorsi_rate_limit": True})
    async with serving(limited) as client:
        for _ in range(30):
            await send(client, "hello")
        body = {"sender": "anna", "message": EMERGENCY}
        refused = await client.post(PATH, json=body)
    assert refused.status_code == 429
    assert refused.json()["messages"][0]["level"] == "emergency"


async def test_a_sender_whose_conversation_is_one_too_many_is_still_screened(
    settings: Settings,
) -> None:
    limited = settings.model_copy(update={"dorsi_rate_limit": True})
    async with serving(limited) as client:
        for number in range(60):
            await send(client, "hello", sender=f"sender {number}")
        refused = await client.post(PATH, json={"sender": "anna", "message": EMERGENCY})
    assert refused.status_code == 429
    assert refused.json()["messages"][0]["level"] == "emergency"


async def test_a_conversation_that_has_ended_counts_as_no_new_one(
    settings: Settings, sqlite_file: Path
) -> None:
    limited = settings.model_copy(update={"dorsi_rate_limit": True})
    async with serving(limited) as client:
        await send(client, "hello")
        change(sqlite_file, "UPDATE sessions SET used_at = '2020-01-01 00:00:00.000000'")
        for _ in range(20):
            await send(client, "hello")
        for number in range(58):  # with the two of before: all that are taken in a minute
            await send(client, "hello", sender=f"sender {number}")


async def test_a_conversation_that_has_ended_is_followed_by_a_new_one(
    client: httpx.AsyncClient, settings: Settings, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    await send(client, "one")
    ended = hash_token(tokens(read_or_make(settings.dorsi_home), "anna")[0])
    find = Store.find_session

    async def find_unless_ended(store: Store, token_hash: str) -> Any:
        return None if token_hash == ended else await find(store, token_hash)

    monkeypatch.setattr(Store, "find_session", find_unless_ended)
    assert len(await send(client, "two")) == 2
    assert len(await send(client, "three")) == 1
    senders = [body["sender"] for body in rasa.received]
    assert senders[0] != senders[1] == senders[2]


async def test_the_secret_is_the_owners_alone_and_stays_the_same(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    await send(client, "one")
    file = settings.dorsi_home / FILE_NAME
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(bytes.fromhex(file.read_text())) == 32
    async with serving(settings) as again:
        assert len(await send(again, "two")) == 1


async def test_the_door_is_shut_unless_the_settings_open_it(settings: Settings) -> None:
    shut = settings.model_copy(update={"dorsi_channels": frozenset()})
    async with serving(shut) as client:
        for path in (PATH, "/socket.io/?EIO=4&transport=polling"):
            assert (await client.get(path)).status_code == 404
    assert not (settings.dorsi_home / FILE_NAME).exists()


def test_a_door_that_there_is_not_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DORSI_CHANNELS", "rest, telegram")
    with pytest.raises(ValueError, match="dorsi_channels"):
        Settings()
