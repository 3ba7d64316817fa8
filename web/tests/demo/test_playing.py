"""The demonstration plays over the chat API, waits where it is asked to, and cleans up."""

import json
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from demo.casting import Part
from demo.door import Door, DoorError
from demo.keepsake import Keepsake
from demo.playing import Played, play
from demo.removing import remove
from demo.scripts import Visit


class Gateway:
    """What the demonstration asks of a gateway, played: it notes what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, object]]] = []
        self.sessions = 0
        self.refuses: list[httpx.Response] = []
        self.broken = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        body = json.loads(request.content or b"{}")
        self.asked.append((request.method, request.url.path, body))
        if self.refuses:
            return self.refuses.pop()
        if request.url.path == "/api/sessions":
            self.sessions += 1
            return httpx.Response(201, json=self.opened(body))
        if request.method == "DELETE":
            return httpx.Response(204)
        if self.broken:
            return httpx.Response(500)
        buttons = [{"id": "b1", "title": "Next"}, {"id": "b2", "title": "Stop"}]
        return httpx.Response(200, json={"messages": [{"id": "m1", "buttons": buttons}]})

    def opened(self, body: dict[str, object]) -> dict[str, object]:
        diary = body.get("diary") or f"diary{self.sessions}"
        return {"session": f"token{self.sessions}", "diary": diary, "messages": []}

    def bodies(self, path: str) -> list[dict[str, object]]:
        return [body for _, where, body in self.asked if where == path]


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture
async def door(gateway: Gateway) -> AsyncIterator[Door]:
    opened = Door("http://dorsi", 4, transport=httpx.MockTransport(gateway))
    yield opened
    await opened.close()


def part(*steps: object, seed: str = "1") -> Part:
    visit = Visit.model_validate({"name": "a visit", "steps": list(steps)})
    return Part(visit, "GB", seed, hurried=False)


async def played(door: Door, *browsers: tuple[Part, ...], tokens: list[str]) -> Played:
    return await play(door, browsers, {}, at_once=3, opened=tokens.append, told=lambda played: None)


async def test_a_patient_says_presses_and_rates_what_the_script_has(
    door: Door, gateway: Gateway
) -> None:
    steps = part(
        {"say": ["my toes drag"]},
        {"press": ["Next"], "times": [2, 2]},
        {"press": ["Go on"]},
        {"press": ["Go on"], "otherwise": ["go on"]},
        {"rate": {"up": 1}},
    )
    done = await played(door, (steps,), tokens=[])
    sent = [body.get("text") or body.get("choice") for body in gateway.bodies("/api/messages")]
    assert sent == ["my toes drag", "b1", "b1", "go on"]
    assert gateway.bodies("/api/feedback") == [{"message": "m1", "helpful": True}]
    assert (done.conversations, done.turns, done.failures) == (1, 4, [])


async def test_a_browser_that_returns_brings_its_diary_along(door: Door, gateway: Gateway) -> None:
    hello = part({"say": ["hello"]})
    tokens: list[str] = []
    done = await played(door, (hello, hello), tokens=tokens)
    assert [body["diary"] for body in gateway.bodies("/api/sessions")] == [None, "diary1"]
    assert done.browsers == [tokens] == [["token1", "token2"]]


async def test_a_refusal_for_haste_is_waited_out(door: Door, gateway: Gateway) -> None:
    gateway.refuses = [httpx.Response(429, headers={"Retry-After": "0"}) for _ in range(3)]
    done = await played(door, (part({"say": ["hello"]}),), tokens=[])
    assert done.failures == []
    assert len(gateway.bodies("/api/sessions")) == 4


async def test_a_conversation_that_breaks_off_is_told_of_and_the_others_go_on(
    door: Door, gateway: Gateway
) -> None:
    gateway.broken = True
    hello = part({"say": ["hello"]})
    done = await played(door, (hello,), (hello,), tokens=[])
    assert done.conversations == 2
    assert done.failures == ["a visit: POST /api/messages: status 500"] * 2


async def test_what_is_removed_is_forgotten_and_what_is_not_stays_known(
    door: Door, gateway: Gateway, tmp_path: Path
) -> None:
    keepsake = Keepsake(tmp_path)
    for token in ("one", "two"):
        keepsake.add(token)
    gateway.refuses = [httpx.Response(503)]
    gone, failures = await remove(door, keepsake, at_once=1)
    assert (gone, len(failures)) == (1, 1)
    assert keepsake.tokens() == ["one"]
    gateway.refuses = [httpx.Response(401)]
    assert await remove(door, keepsake, at_once=1) == (1, [])
    assert not keepsake.file.exists()


def test_tokens_are_for_their_owner_alone(tmp_path: Path) -> None:
    keepsake = Keepsake(tmp_path)
    keepsake.add("secret")
    assert stat.S_IMODE(keepsake.file.stat().st_mode) == 0o600


async def test_an_error_says_nothing_of_what_was_sent(door: Door, gateway: Gateway) -> None:
    gateway.broken = True
    with pytest.raises(DoorError) as raised:
        await door.call("POST", "/api/messages", {"text": "my secret"})
    assert "secret" not in str(raised.value)
