"""A visit over the chat API, as the tests of a running assistant make it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from typing_extensions import Self


def client(url: str) -> httpx.Client:
    """A connection to the gateway at this address, whatever proxy there is."""
    return httpx.Client(base_url=url, timeout=40, trust_env=False)


class Visit:
    """One session of one patient, and what Dorsi said last in it.

    Args:
        http: a connection to the gateway.
        diary: the key of an earlier visit's diary.

    Attributes:
        asked: the id of the message that was sent last.
    """

    def __init__(self, http: httpx.Client, diary: str | None = None) -> None:
        self.http = http
        self.reply: list[dict[str, Any]] = []
        self.asked = ""
        self._token = ""
        opened = self.call("POST", "/api/sessions", {"region": "GB", "diary": diary})
        self._token = str(opened["session"])
        self.diary: str = opened["diary"]

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.reply)

    @property
    def step(self) -> int | None:
        """The step that the newest exercise message shows."""
        return next((m["step"] for m in reversed(self.reply) if m.get("step")), None)

    def button(self, title: str) -> str:
        """The id of a button below the last reply."""
        offered = {b["title"]: b["id"] for m in self.reply for b in m["buttons"]}
        assert title in offered, f"{title!r} is none of {list(offered)} below:\n{self.text}"
        return str(offered[title])

    def says(self, text: str) -> Self:
        return self.send({"text": text})

    def presses(self, title: str) -> Self:
        return self.send({"choice": self.button(title)})

    def send(self, said: dict[str, str]) -> Self:
        """Send a text or a choice as a new message, and take its reply."""
        self.asked = str(uuid.uuid4())
        self.reply = self.call("POST", "/api/messages", {"id": self.asked, **said})["messages"]
        assert self.reply
        return self

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """What the gateway answers, which must be no error."""
        answer = self.request(method, path, body)
        assert answer.is_success, answer.text
        return answer.json()

    def request(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Whatever the gateway answers in this session."""
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        return self.http.request(method, path, json=body, headers=headers)
