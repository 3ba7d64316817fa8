"""The preview: the chat's page, and the small API behind it."""

import json
from typing import Any

import httpx
from sqlalchemy import Connection, func, select

from desk.access.permissions import Role
from desk.workbench.client import Unavailable
from records.models import Message, Session
from tests.desk.changes.conftest import OTHER, TOPIC, save
from tests.desk.conftest import Client, SignedIn
from tests.desk.workbench.conftest import Played

MESSAGE = {
    "text": "There are several kinds.",
    "kind": "answer",
    "level": "none",
    "topic": "brace/types",
    "buttons": [{"title": "Choosing a brace", "payload": "topic:brace/choosing"}],
    "sources": [{"title": "Orthotics", "url": "https://example.org", "publisher": "NHS"}],
}
STATE: dict[str, Any] = {"slots": {}, "loop": None, "events": []}


def say(workbench: Played, *messages: dict[str, Any]) -> None:
    workbench.answers["render"] = {"messages": list(messages), "state": STATE}


class Chat:
    """What the chat's script asks of the desk."""

    def __init__(self, client: Client, change: int, path: str = TOPIC) -> None:
        self.client, self.path = client, path
        self.base = f"/changes/{change}/chat/api"
        self.token = ""

    async def post(self, what: str, **body: Any) -> httpx.Response:
        return await self.client.post(
            f"{self.base}/{what}?path={self.path}&part=",
            content=json.dumps(body),
            headers=self._headers({"Content-Type": "application/json"}),
        )

    async def get(self, what: str) -> httpx.Response:
        separator = "&" if "?" in what else "?"
        return await self.client.get(
            f"{self.base}/{what}{separator}path={self.path}&part=", headers=self._headers({})
        )

    async def begin(self, region: str = "GB") -> list[dict[str, Any]]:
        response = await self.post("sessions", region=region)
        assert response.status_code == 201
        self.token = response.json()["session"]
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        own = {
            "X-CSRF-Token": self.client.csrf,
            "Origin": str(self.client.base_url).rstrip("/"),
            "Authorization": f"Bearer {self.token}",
        }
        return own | more


async def test_the_page_holds_the_chat_that_patients_have(ann: Client, change: int) -> None:
    response = await ann.get(f"/changes/{change}/preview/{TOPIC}?region=US")
    assert response.status_code == 200
    assert '<dorsi-chat mode="inline" region="US"' in response.text
    assert 'src="/widget/dorsi-chat.js"' in response.text
    policy = response.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


async def test_there_is_none_of_a_file_that_is_not_there(ann: Client, change: int) -> None:
    assert (await ann.get(f"/changes/{change}/preview/data/nothing.yml")).status_code == 404
    assert (await ann.get(f"/changes/99/preview/{TOPIC}")).status_code == 404


async def test_it_begins_with_the_drafts_words(ann: Client, change: int, workbench: Played) -> None:
    say(workbench, MESSAGE)
    await save(ann, change, ("Kinds of brace", "Sorts of brace"))
    (message,) = await Chat(ann, change).begin()
    assert message["text"] == MESSAGE["text"]
    assert message["sources"][0]["title"] == "Orthotics"
    (asked,) = workbench.of("render")
    assert (asked["path"], asked["region"]) == (TOPIC, "GB")
    assert "Sorts of brace" in asked["changes"][TOPIC]


async def test_a_button_is_sent_as_what_it_stands_for(
    ann: Client, change: int, workbench: Played
) -> None:
    say(workbench, MESSAGE)
    chat = Chat(ann, change)
    (message,) = await chat.begin()
    (button,) = message["buttons"]
    assert set(button) == {"id", "title"}
    response = await chat.post("messages", id="1", choice=button["id"])
    assert response.status_code == 200
    asked = workbench.of("render")[-1]
    assert (asked["choice"], asked["state"]) == ("topic:brace/choosing", STATE)
    assert (await chat.post("messages", id="2", choice="topic:x/y")).status_code == 422


async def test_what_is_typed_is_understood_by_the_model_there_is(
    ann: Client, change: int, workbench: Played
) -> None:
    say(workbench, MESSAGE)
    chat = Chat(ann, change)
    await chat.begin()
    await chat.post("messages", id="1", text="hello there")
    asked = workbench.of("render")[-1]
    assert asked["text"] == "hello there"
    assert asked["model_data"] == str(ann.services.settings.dorsi_data)


async def test_advice_comes_with_the_numbers_of_the_region(
    ann: Client, change: int, workbench: Played
) -> None:
    say(workbench, {"text": "Call now.", "kind": "escalation", "level": "emergency"})
    for region, number in (("GB", "999"), ("US", "911")):
        (message,) = await Chat(ann, change).begin(region)
        assert [call["number"] for call in message["calls"]] == [number]
    help_ = (await Chat(ann, change).get("help?region=US")).json()
    assert help_["calls"][0]["number"] == "911"


async def test_pictures_are_those_of_the_draft(ann: Client, change: int, workbench: Played) -> None:
    image = {"url": "/pictures/calf_stretch/1.svg", "alt": "A person sits."}
    say(workbench, {"text": "Sit.", "kind": "exercise", "image": image})
    (message,) = await Chat(ann, change).begin()
    picture = await ann.get(message["image"]["url"])
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "<svg" in picture.text
    for name in ("calf_stretch/99.svg", "..%2F..%2F/regions.yml"):
        assert (await ann.get(f"/changes/{change}/chat/pictures/{name}")).status_code == 404


async def test_a_reload_shows_what_was_said(ann: Client, change: int, workbench: Played) -> None:
    say(workbench, MESSAGE)
    chat = Chat(ann, change)
    said = await chat.begin()
    assert (await chat.get("messages")).json()["messages"] == said


async def test_another_file_a_save_or_another_person_begin_anew(
    ann: Client, change: int, workbench: Played, signed_in: SignedIn
) -> None:
    say(workbench, MESSAGE)
    chat = Chat(ann, change)
    await chat.begin()
    for other in (Chat(ann, change, OTHER), Chat(await signed_in(Role.EDITOR), change)):
        other.token = chat.token
        assert (await other.get("messages")).status_code == 401
    await save(ann, change, ("Kinds of brace", "Sorts of brace"))
    assert (await chat.get("messages")).status_code == 401
    assert (await chat.post("messages", id="1", text="hello")).status_code == 401


async def test_it_can_be_ended(ann: Client, change: int, workbench: Played) -> None:
    say(workbench, MESSAGE)
    chat = Chat(ann, change)
    await chat.begin()
    assert (await chat.post("session")).status_code == 204
    assert (await chat.get("messages")).status_code == 401


async def test_where_nobody_can_say_the_chat_says_so(
    ann: Client, change: int, workbench: Played
) -> None:
    workbench.answers["render"] = Unavailable("Not there just now.")
    (message,) = await Chat(ann, change).begin()
    assert (message["text"], message["kind"]) == ("Not there just now.", "notice")


async def test_what_is_no_request_is_refused(ann: Client, change: int) -> None:
    headers = {"X-CSRF-Token": ann.csrf, "Origin": str(ann.base_url).rstrip("/")}
    for content in ("", "[1]", "{", "[" * 100_000):
        response = await ann.post(
            f"/changes/{change}/chat/api/sessions", content=content, headers=headers
        )
        assert response.status_code == 400


async def test_nothing_of_it_is_in_the_patients_tables(
    ann: Client, change: int, workbench: Played
) -> None:
    say(workbench, MESSAGE)
    chat = Chat(ann, change)
    await chat.begin()
    await chat.post("messages", id="1", text="my arm went weak")

    def kept(db: Connection) -> int:
        tables = (Session, Message)
        return sum(db.scalar(select(func.count()).select_from(table)) or 0 for table in tables)

    assert await ann.read(kept) == 0
