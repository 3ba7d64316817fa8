"""A message that comes a second time is answered as it was the first time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from rasa.core.actions.action import create_bot_utterance
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, UserUttered
from sanic import Sanic

from assistant.tracking.errors import TrackingError
from assistant.tracking.store import Conversations, refusing
from content.names import ESCALATED, UNDERSTANDING, UNHEARD, Action
from tests.unit.served import channel_app

WEBHOOK = "/webhooks/dorsi/webhook"
UNDERSTOOD = {"label": "causes/stroke", "alternatives": [["causes/nerve", 0.2]]}
SOURCE = {"title": "Foot drop", "url": "https://a.org/", "publisher": "NHS"}
PICTURE = {"url": "/pictures/toe_raise/1.svg", "alt": "A foot, lifted."}
TURNS = {
    "an answer": [
        {
            "text": "A nerve.\nIt can heal.",
            "kind": "answer",
            "level": "soon",
            "topic": "causes/nerve",
            "buttons": [{"title": "Braces", "payload": "topic:brace/overview"}],
            "sources": [SOURCE],
            UNDERSTANDING: UNDERSTOOD,
        },
        {"text": "Ask your doctor.", "kind": "notice", "level": "none"},
    ],
    "a step of an exercise": [
        {
            "text": "Lift your toes.",
            "kind": "exercise",
            "exercise": "toe_raise",
            "step": 1,
            "of": 3,
            "repetitions": {"least": 5, "most": 10},
            "seconds": {"least": 5, "most": 5},
            "image": PICTURE,
            "buttons": [{"title": "Next", "payload": "coach:next"}],
            "remember": True,
        }
    ],
    "a summary": [
        {
            "text": "Here it is.",
            "kind": "answer",
            "document": {"title": "Summary", "sections": [{"heading": "Now", "lines": []}]},
            "chart": {"svg": "<svg/>", "alt": "Nothing yet."},
        }
    ],
    "a red flag": [
        {
            "text": "Call 999 now.",
            "kind": "escalation",
            "level": "emergency",
            "flags": {"stroke": "emergency"},
        }
    ],
    "silence": [],
}


class Rasa:
    """What stands behind the channel: it stores each turn and sends it, as Rasa does."""

    def __init__(self, store: TrackerStore) -> None:
        self.heard: list[str] = []
        self.says: list[dict[str, Any]] = TURNS["an answer"]
        self.fails = False
        self.opens: str | None = None
        domain = Domain.empty()
        self.agent = Agent(domain=domain, tracker_store=store, lock_store=InMemoryLockStore())
        if isinstance(store, Conversations):
            refusing(self.agent)

    async def hear(self, message: UserMessage) -> None:
        self.heard.append(message.text)
        await asyncio.sleep(0)
        user = UserUttered(message.text, {"name": "greet"}, message_id=message.message_id)
        said = [create_bot_utterance(dict(reply)) for reply in self.says]
        for event in said:
            await message.output_channel.send_response(message.sender_id, event.message())
        if self.fails:
            raise RuntimeError("ended before the turn was stored")
        store = self.agent.tracker_store
        tracker = await store.get_or_create_tracker(message.sender_id)
        opened = [ActiveLoop(self.opens)] if self.opens else []
        tracker.update_with_events([user, *opened, *said], Domain.empty())
        await store.save(tracker)


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Sanic:
    # Rasa's own stores stand in here for ours.
    monkeypatch.setattr("assistant.channel.refusing", lambda _: None)
    return channel_app()


@pytest.fixture(params=["memory", "sql", "ours"])
def rasa(app: Sanic, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Rasa]:
    domain, file = Domain.empty(), str(tmp_path / "rasa.db")
    store: TrackerStore = {
        "memory": lambda: InMemoryTrackerStore(domain),
        "sql": lambda: SQLTrackerStore(domain, dialect="sqlite", db=file),
        "ours": lambda: Conversations(domain, f"sqlite:///{file}"),
    }[request.param]()
    app.ctx.rasa = Rasa(store)
    app.ctx.agent = app.ctx.rasa.agent
    yield app.ctx.rasa
    if isinstance(store, Conversations):
        store.close()


@pytest_asyncio.fixture
async def http(app: Sanic, rasa: Rasa) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://rasa") as client:
        yield client


def message(message_id: str | None, text: str = "hello", sender: str = "ann") -> dict[str, Any]:
    return {"sender": sender, "message_id": message_id, "text": text}


@pytest.mark.parametrize("kind", TURNS)
async def test_a_message_that_comes_again_gets_the_same_turn_and_is_heard_once(
    http: httpx.AsyncClient, rasa: Rasa, kind: str
) -> None:
    rasa.says = TURNS[kind]
    first = await http.post(WEBHOOK, json=message("m1"))
    rasa.says = [{"text": "Something else."}]
    again = await http.post(WEBHOOK, json=message("m1"))
    assert again.json() == first.json()
    assert rasa.heard == ["hello"]


async def test_an_earlier_message_gets_its_own_turn_and_not_the_last(
    http: httpx.AsyncClient, rasa: Rasa
) -> None:
    first = await http.post(WEBHOOK, json=message("m1"))
    rasa.says = TURNS["a red flag"]
    await http.post(WEBHOOK, json=message("m2"))
    again = await http.post(WEBHOOK, json=message("m1"))
    assert again.json()["messages"] == first.json()["messages"]
    assert len(rasa.heard) == 2


async def test_a_message_that_comes_twice_at_once_is_heard_once(
    http: httpx.AsyncClient, rasa: Rasa
) -> None:
    one, two = await asyncio.gather(*(http.post(WEBHOOK, json=message("m1")) for _ in range(2)))
    assert one.json() == two.json()
    assert rasa.heard == ["hello"]


async def test_a_turn_that_was_never_stored_is_taken_again(
    http: httpx.AsyncClient, rasa: Rasa
) -> None:
    rasa.fails = True
    assert (await http.post(WEBHOOK, json=message("m1"))).status_code == 500
    rasa.fails = False
    assert (await http.post(WEBHOOK, json=message("m1"))).json()["messages"]
    assert rasa.heard == ["hello", "hello"]


@pytest.mark.parametrize("other", [message("m2"), message("m1", sender="bob"), message("%")])
async def test_another_message_is_heard(
    http: httpx.AsyncClient, rasa: Rasa, other: dict[str, Any]
) -> None:
    await http.post(WEBHOOK, json=message("m1"))
    await http.post(WEBHOOK, json=other)
    assert len(rasa.heard) == 2


async def test_messages_without_an_id_are_all_heard(http: httpx.AsyncClient, rasa: Rasa) -> None:
    for _ in range(2):
        await http.post(WEBHOOK, json=message(None))
    assert len(rasa.heard) == 2


@pytest.fixture
async def asked(http: httpx.AsyncClient, rasa: Rasa) -> Any:
    """What the safety check asked in answer to message m1; Rasa would say something else now."""
    rasa.opens = Action.SAFETY_CHECK.value
    answer = (await http.post(WEBHOOK, json=message("m1", "check me"))).json()
    rasa.says = [{"text": "Something else."}]
    return answer


@pytest.mark.parametrize("unheard", [["m1"], ["m0", "m1"], ["m1", "m2"]])
async def test_what_is_typed_without_the_question_being_seen_does_not_answer_it(
    http: httpx.AsyncClient, rasa: Rasa, asked: Any, unheard: list[str]
) -> None:
    body = {**message("m3", "no"), "metadata": {UNHEARD: unheard}}
    again = (await http.post(WEBHOOK, json=body)).json()
    assert again["messages"] == asked["messages"]
    assert (again[UNDERSTANDING], again["account"]) == (None, None)
    assert rasa.heard == ["check me"]
    heard = (await http.post(WEBHOOK, json=message("m4", "no"))).json()
    assert heard["messages"] != asked["messages"]


@pytest.mark.parametrize(
    "body", [{"metadata": {UNHEARD: ["m0"]}}, {"metadata": {UNHEARD: ["m1"]}, "choice": "x"}, {}]
)
async def test_what_answers_a_question_that_was_seen_is_heard(
    http: httpx.AsyncClient, rasa: Rasa, asked: Any, body: dict[str, Any]
) -> None:
    heard = (await http.post(WEBHOOK, json={**message("m3", "no"), **body})).json()
    assert heard["messages"] != asked["messages"]


async def test_where_nothing_is_open_a_new_message_is_heard(
    http: httpx.AsyncClient, rasa: Rasa
) -> None:
    await http.post(WEBHOOK, json=message("m1"))
    body = {**message("m2", "which shoes?"), "metadata": {UNHEARD: ["m1"]}}
    await http.post(WEBHOOK, json=body)
    assert rasa.heard == ["hello", "which shoes?"]


async def test_what_is_under_way_is_not_closed_again_by_the_same_message(
    http: httpx.AsyncClient, rasa: Rasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[str] = []

    async def close(_: Agent, sender: str) -> None:
        closed.append(sender)

    monkeypatch.setattr("assistant.channel.close_loop", close)
    body = {**message("m1"), "metadata": {ESCALATED: True}}
    for _ in range(2):
        await http.post(WEBHOOK, json=body)
    assert closed == ["ann"]


async def test_an_erasure_waits_for_the_turn_under_way_and_leaves_nothing_of_it(
    http: httpx.AsyncClient, rasa: Rasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard, may_answer, hear = asyncio.Event(), asyncio.Event(), rasa.hear

    async def slowly(message: UserMessage) -> None:
        heard.set()
        await may_answer.wait()
        await hear(message)

    monkeypatch.setattr(rasa, "hear", slowly)
    sending = asyncio.create_task(http.post(WEBHOOK, json=message("m1")))
    await heard.wait()
    erasing = asyncio.create_task(http.post(WEBHOOK, json={"sender": "ann", "erase": True}))
    await asyncio.wait([erasing], timeout=0.1)
    may_answer.set()
    assert (await sending).status_code == 200
    assert (await erasing).status_code == 204
    assert await rasa.agent.tracker_store.retrieve("ann") is None


async def test_a_conversation_that_was_forgotten_is_not_repeated(
    http: httpx.AsyncClient, rasa: Rasa
) -> None:
    await http.post(WEBHOOK, json=message("m1"))
    await http.post(WEBHOOK, json={"sender": "ann", "erase": True})
    assert await rasa.agent.tracker_store.retrieve("ann") is None
    await http.post(WEBHOOK, json=message("m1"))
    assert len(rasa.heard) == 2


@pytest.mark.parametrize("rasa", ["ours"], indirect=True)
@pytest.mark.parametrize("fails", ["retrieve", "save", "turn", "erase"])
async def test_conversations_that_cannot_be_kept_are_an_error_the_gateway_sees(
    http: httpx.AsyncClient, rasa: Rasa, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    async def fail(*_: object) -> None:
        raise TrackingError("the database is away")

    monkeypatch.setattr(Conversations, fails, fail)
    body = {"sender": "ann", "erase": True} if fails == "erase" else message("m1")
    assert (await http.post(WEBHOOK, json=body)).status_code == 500
    monkeypatch.undo()
    assert (await http.post(WEBHOOK, json=message("m1"))).status_code == 200
    assert len(rasa.heard) == (1 if fails in ("erase", "turn") else 2)


@pytest.mark.parametrize("rasa", ["ours"], indirect=True)
async def test_a_message_that_is_long_past_is_still_not_heard_twice(
    http: httpx.AsyncClient, rasa: Rasa
) -> None:
    first = await http.post(WEBHOOK, json=message("m0"))
    rasa.says = TURNS["a red flag"]
    for number in range(1, 30):
        await http.post(WEBHOOK, json=message(f"m{number}"))
    again = await http.post(WEBHOOK, json=message("m0"))
    assert again.json()["messages"] == first.json()["messages"]
    assert len(rasa.heard) == 30
