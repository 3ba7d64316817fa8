"""The private channel between the gateway and Rasa, served by a real Sanic app."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Sanic

from assistant.channel import as_plain_text
from content.names import DIARY, UNDERSTANDING
from diary.store import DiaryError
from tests.unit.served import channel_app

WEBHOOK = "/webhooks/dorsi/webhook"
SAID = {"text": "Hello.", "kind": "smalltalk", "level": "none", "buttons": [], "template": None}


class Rasa:
    """What stands behind the channel: it notes each message and says two things."""

    def __init__(self) -> None:
        self.heard: list[UserMessage] = []
        domain = Domain.empty()
        store = InMemoryTrackerStore(domain)
        self.agent = Agent(domain=domain, tracker_store=store, lock_store=InMemoryLockStore())

    async def hear(self, message: UserMessage) -> None:
        self.heard.append(message)
        for understood in ({"label": "greet"}, None):
            reply = {**SAID, UNDERSTANDING: understood}
            await message.output_channel.send_response(message.sender_id, reply)

    @property
    def last(self) -> UserMessage:
        return self.heard[-1]


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Sanic:
    # Rasa's own stores stand in here for ours.
    monkeypatch.setattr("assistant.channel.refusing", lambda _: None)
    return channel_app()


@pytest.fixture
def rasa(app: Sanic) -> Rasa:
    app.ctx.rasa = Rasa()
    app.ctx.agent = app.ctx.rasa.agent
    return app.ctx.rasa


@pytest_asyncio.fixture
async def http(app: Sanic, rasa: Rasa) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://rasa") as client:
        yield client


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("/greet", "greet"),
        ('/intent{"slot": 1}', 'intent{"slot": 1}'),
        (" / / //restart", "restart"),
        ("left and/or right", "left and/or right"),
        ("  what is it? ", "what is it?"),
        ("///", ""),
        ("/\u00a0/restart", "restart"),
        ("", ""),
    ],
)
def test_no_text_is_taken_for_a_command(typed: str, plain: str) -> None:
    assert as_plain_text(typed) == plain


async def test_the_channel_says_that_it_is_there(http: httpx.AsyncClient) -> None:
    reply = await http.get("/webhooks/dorsi/")
    assert (reply.status_code, reply.json()) == (200, {"status": "ok"})


async def test_a_message_before_the_store_is_in_its_place_puts_it_there(
    http: httpx.AsyncClient, rasa: Rasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[Agent] = []
    monkeypatch.setattr("assistant.channel.refusing", refused.append)
    await http.post(WEBHOOK, json={"sender": "ann", "text": "hello"})
    assert refused == [rasa.agent]


async def test_one_message_gets_its_whole_turn_with_what_was_understood(
    http: httpx.AsyncClient,
) -> None:
    reply = await http.post(WEBHOOK, json={"sender": "ann", "text": "hello"})
    message = {
        "text": "Hello.",
        "kind": "smalltalk",
        "level": "none",
        "topic": None,
        "buttons": [],
        "sources": None,
    }
    assert reply.json() == {
        "messages": [message, message],
        UNDERSTANDING: {"label": "greet"},
        "account": None,
        "release": None,
        "served": None,
    }


async def test_rasa_hears_who_says_what_from_where(http: httpx.AsyncClient, rasa: Rasa) -> None:
    body = {"sender": "ann", "message_id": "m1", "text": "/hi", "metadata": {"region": "GB"}}
    await http.post(WEBHOOK, json=body)
    assert (rasa.last.sender_id, rasa.last.message_id, rasa.last.text) == ("ann", "m1", "hi")
    assert (rasa.last.metadata, rasa.last.input_channel) == ({"region": "GB"}, "dorsi")
    assert rasa.last.parse_data is None


@pytest.mark.parametrize(
    ("choice", "intent", "topic"),
    [
        ("topic:causes/stroke", "choose", "causes/stroke"),
        ("act:safety_check", "safety_check", None),
        ("act:an_act_of_an_older_release", "choose", None),
        ("nonsense", "choose", None),
    ],
)
async def test_a_pressed_button_is_understood_without_any_model(
    http: httpx.AsyncClient, rasa: Rasa, choice: str, intent: str, topic: str | None
) -> None:
    await http.post(WEBHOOK, json={"sender": "ann", "choice": choice, "text": "ignored"})
    parsed: Any = rasa.last.parse_data
    assert (parsed["intent"]["name"], parsed[UNDERSTANDING]["topic"]) == (intent, topic)


@pytest.mark.parametrize("body", [{}, [], "text", None, {"sender": ""}, {"sender": 1}])
async def test_a_message_from_nobody_is_refused(
    http: httpx.AsyncClient, rasa: Rasa, body: Any
) -> None:
    reply = await http.post(WEBHOOK, json=body)
    assert (reply.status_code, reply.json()) == (400, {"error": "sender is missing"})
    assert rasa.heard == []


async def test_a_body_that_is_no_json_is_refused(http: httpx.AsyncClient, rasa: Rasa) -> None:
    assert (await http.post(WEBHOOK, content=b"{")).status_code == 400
    assert rasa.heard == []


async def test_an_erasure_forgets_the_conversation_and_says_nothing(
    http: httpx.AsyncClient, rasa: Rasa
) -> None:
    for sender in ("ann", "bob"):
        await rasa.agent.tracker_store.save(DialogueStateTracker(sender, []))
    reply = await http.post(WEBHOOK, json={"sender": "ann", "erase": True})
    assert (reply.status_code, reply.content) == (204, b"")
    assert list(await rasa.agent.tracker_store.keys()) == ["bob"]
    assert rasa.heard == []


async def test_an_erasure_names_the_diary_that_goes_with_it(
    http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    erased: list[tuple[str, str | None]] = []

    async def erase(_: Agent, sender: str, diary: str | None) -> None:
        erased.append((sender, diary))

    monkeypatch.setattr("assistant.channel.erase", erase)
    for named in ({DIARY: "a" * 64}, {}):
        reply = await http.post(WEBHOOK, json={"sender": "ann", "erase": True, **named})
        assert reply.status_code == 204
    assert erased == [("ann", "a" * 64), ("ann", None)]


@pytest.mark.parametrize("kept", [{"visits": []}, None])
async def test_what_a_diary_holds_is_read_out(
    http: httpx.AsyncClient, rasa: Rasa, monkeypatch: pytest.MonkeyPatch, kept: Any
) -> None:
    async def export(diary: str) -> Any:
        return {**kept, "id": diary} if kept else None

    monkeypatch.setattr("assistant.channel.export", export)
    reply = await http.post(WEBHOOK, json={"sender": "ann", "export": True, DIARY: "a" * 64})
    assert reply.json() == {DIARY: {**kept, "id": "a" * 64} if kept else None}
    assert rasa.heard == []


async def test_a_diary_that_fails_is_an_error_the_gateway_sees(
    http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise DiaryError("the database is away")

    monkeypatch.setattr("assistant.channel.erase", fail)
    monkeypatch.setattr("assistant.channel.export", fail)
    for wanted in ("erase", "export"):
        reply = await http.post(WEBHOOK, json={"sender": "ann", wanted: True, DIARY: "a" * 64})
        assert reply.status_code == 500
