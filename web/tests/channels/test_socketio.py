"""The Socket.IO door, opened by the client that web pages use."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.channels.socketio import WAITING
from gateway.settings import Settings
from served.limits import MAX_BODY
from tests.conftest import FakeRasa, answer, turn
from tests.hearing import EMERGENCY
from tests.listening import running

pytestmark = pytest.mark.node

CLIENT = Path(__file__).with_name("client.mjs")
LISTED = "https://clinic.example"
OTHER = "https://other.example"
SECONDS = 30
TRANSPORTS = pytest.mark.parametrize("transport", ["websocket", "polling"])


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings that open the door to our own pages and one other site's."""
    opened = {"dorsi_channels": frozenset({"socketio"}), "dorsi_origins": frozenset({LISTED})}
    return settings.model_copy(update=opened)


@pytest.fixture
async def url(settings: Settings) -> AsyncIterator[str]:
    """Where a gateway listens."""
    async with running(settings) as (_, http):
        yield str(http.base_url)


class Socket:
    """Somebody with a Socket.IO client."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin and process.stdout
        self._input, self._output = process.stdin, process.stdout

    def emit(self, event: str, *data: Any) -> None:
        """Send an event."""
        self._input.write(json.dumps([event, *data]).encode() + b"\n")

    async def hear(self, event: str) -> Any:
        """What comes with the next event, which is this one."""
        async with asyncio.timeout(SECONDS):
            line = await self._output.readline()
        name, data = json.loads(line)
        assert name == event, line
        return data

    async def enter(self, **asked: Any) -> str:
        """Ask for a session, and hear the welcome where it is new."""
        self.emit("session_request", asked)
        session: str = await self.hear("session_confirm")
        if session != asked.get("session_id"):
            assert (await self.hear("bot_uttered"))["text"].startswith("I am Dorsi.")
        return session

    async def say(self, message: str, **more: Any) -> dict[str, Any]:
        """Say something, and give the reply."""
        self.emit("user_uttered", {"message": message, **more})
        reply: dict[str, Any] = await self.hear("bot_uttered")
        return reply


@asynccontextmanager
async def client(url: str, transport: str = "websocket", origin: str = "") -> AsyncIterator[Socket]:
    """A client that tries to connect."""
    process = await asyncio.create_subprocess_exec(
        "node", CLIENT, url, transport, origin,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Socket(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@asynccontextmanager
async def connected(
    url: str, transport: str = "websocket", origin: str = ""
) -> AsyncIterator[Socket]:
    """A client that is connected."""
    async with client(url, transport, origin) as socket:
        await socket.hear("connect")
        yield socket


@TRANSPORTS
async def test_a_conversation_begins_and_goes_on(url: str, rasa: FakeRasa, transport: str) -> None:
    rasa.says = turn(answer(buttons=[{"title": "Braces", "payload": "topic:brace/overview"}]))
    async with connected(url, transport) as socket:
        session = await socket.enter(region="GB")
        reply = await socket.say("hello", session_id=session)
        assert (reply["text"], reply["custom"]["topic"]) == ("It can be.", "causes/stroke")
        [quick_reply] = reply["quick_replies"]
        assert quick_reply["title"] == "Braces"
        await socket.say(quick_reply["payload"])
    assert rasa.received[1]["choice"] == "topic:brace/overview"
    assert rasa.received[0]["metadata"]["region"] == "GB"


async def test_a_session_that_is_known_goes_on_after_a_new_connection(
    url: str, rasa: FakeRasa
) -> None:
    async with connected(url) as socket:
        session = await socket.enter()
        await socket.say("one")
    async with connected(url) as socket:
        assert await socket.enter(session_id=session) == session
        await socket.say("two")
    assert rasa.received[0]["sender"] == rasa.received[1]["sender"]


async def test_a_session_that_is_not_known_is_answered_with_a_new_one(url: str) -> None:
    async with connected(url) as socket:
        assert await socket.enter(session_id="my-own-choice") != "my-own-choice"


async def test_who_did_not_ask_for_a_session_gets_one_with_the_first_message(url: str) -> None:
    async with connected(url) as socket:
        socket.emit("user_uttered", {"message": "hello", "session_id": "not-known"})
        assert await socket.hear("session_confirm") != "not-known"
        assert (await socket.hear("bot_uttered"))["text"].startswith("I am Dorsi.")
        assert (await socket.hear("bot_uttered"))["text"] == "It can be."
        assert (await socket.say("again"))["text"] == "It can be."


@TRANSPORTS
async def test_messages_are_answered_in_their_order(
    url: str, rasa: FakeRasa, transport: str
) -> None:
    async def echo(body: dict[str, Any]) -> Any:
        return turn(answer(body["text"]))

    rasa.says = echo
    messages = [f"message {number}" for number in range(10)]
    async with connected(url, transport) as socket:
        await socket.enter()
        for message in messages:
            socket.emit("user_uttered", {"message": message})
        heard = [(await socket.hear("bot_uttered"))["text"] for _ in messages]
    assert heard == messages


async def test_an_emergency_is_answered_with_the_numbers_to_call(url: str) -> None:
    async with connected(url) as socket:
        await socket.enter(region="GB")
        reply = await socket.say(EMERGENCY)
    assert reply["custom"]["level"] == "emergency"
    assert reply["custom"]["calls"] == [{"title": "Call 999", "number": "999"}]


@TRANSPORTS
async def test_pages_of_other_sites_are_not_let_in(url: str, transport: str) -> None:
    async with client(url, transport, OTHER) as socket:
        await socket.hear("connect_error")
    async with connected(url, transport, LISTED) as socket:
        await socket.enter()


async def test_events_that_cannot_be_read_are_passed_over(url: str) -> None:
    async with connected(url) as socket:
        await socket.enter()
        unreadable: list[Any] = [None, [], "hello", {"message": 1}, {"text": "hello"}]
        for data in unreadable:
            socket.emit("user_uttered", data)
        socket.emit("another_event", {})
        assert (await socket.say("hello"))["text"] == "It can be."


@TRANSPORTS
async def test_what_is_too_large_ends_the_connection_and_nothing_else(
    url: str, transport: str
) -> None:
    async with connected(url, transport) as socket:
        session = await socket.enter()
        socket.emit("user_uttered", {"message": "a" * (MAX_BODY + 1)})
        await socket.hear("disconnect")
    async with connected(url, transport) as socket:
        await socket.enter(session_id=session)


@TRANSPORTS
async def test_a_server_that_stops_does_not_wait_for_who_is_connected(
    settings: Settings, transport: str
) -> None:
    async with (
        running(settings) as (server, http),
        connected(str(http.base_url), transport) as socket,
    ):
        await socket.enter()
        server.should_exit = True
        await socket.hear("disconnect")


async def test_who_says_too_much_is_told_to_wait_and_still_screened(settings: Settings) -> None:
    limited = settings.model_copy(update={"dorsi_rate_limit": True})
    async with running(limited) as (_, http), connected(str(http.base_url)) as socket:
        await socket.enter()
        for _ in range(30):
            await socket.say("hello")
        assert (await socket.say(EMERGENCY))["custom"]["level"] == "emergency"
        assert "Please wait" in (await socket.hear("bot_uttered"))["text"]


async def test_who_sends_too_far_ahead_is_told_at_once_and_still_screened(
    url: str, rasa: FakeRasa
) -> None:
    async with connected(url) as socket:
        await socket.enter(region="GB")
        rasa.may_answer.clear()
        for _ in range(WAITING):
            socket.emit("user_uttered", {"message": "hello"})
        assert (await socket.say(EMERGENCY))["custom"]["level"] == "emergency"
        wait = (await socket.hear("bot_uttered"))["text"]
        assert "Please wait 60 seconds" in wait
        assert "call 999" in wait


async def test_the_conversation_is_the_same_as_by_the_api(url: str) -> None:
    async with connected(url) as socket:
        session = await socket.enter()
        await socket.say("hello")
    async with httpx.AsyncClient(base_url=url) as http:
        headers = {"Authorization": f"Bearer {session}"}
        history = (await http.get("/api/messages", headers=headers)).json()["messages"]
    assert [entry["text"] for entry in history][1:] == ["hello", "It can be."]
