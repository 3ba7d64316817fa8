"""Patients who do not give up: every message is sent again until it is answered."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

PATIENCE = 90.0
PAUSE = 0.2


class NeverAnswered(AssertionError):
    """A message got no answer in all that time."""


@dataclass
class Sent:
    """A message that was acknowledged, and its replies' ids."""

    id: str
    text: str
    replies: list[str]


@dataclass
class Patient:
    """One session of somebody who writes through whatever happens.

    Attributes:
        url: the gateway's address.
        sent: the acknowledged messages, in order.
        tries: how often messages were sent in all.
        reply: what Dorsi said last.
    """

    url: str
    sent: list[Sent] = field(default_factory=list)
    tries: int = 0
    reply: list[dict[str, Any]] = field(default_factory=list)
    _token: str = ""

    def __post_init__(self) -> None:
        self._http = httpx.Client(base_url=self.url, timeout=40, trust_env=False)
        opened = self._until_done("POST", "/api/sessions", {"region": "GB"})
        self._token = opened["session"]

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.reply)

    @property
    def step(self) -> int | None:
        """The step of an exercise that is shown."""
        return next((m["step"] for m in reversed(self.reply) if m.get("step")), None)

    def says(self, text: str) -> Patient:
        return self._send(text, {"text": text})

    def button(self, title: str) -> str:
        """The id of a button below the last reply."""
        return next(b["id"] for m in self.reply for b in m["buttons"] if b["title"] == title)

    def presses(self, title: str) -> Patient:
        return self._send(title, {"choice": self.button(title)})

    def takes(self, choice: str) -> Patient:
        return self._send("", {"choice": choice})

    def says_once(self, text: str) -> None:
        """Send it and go away, whatever becomes of it."""
        body = {"id": str(uuid.uuid4()), "text": text}
        try:
            self._call("POST", "/api/messages", body)
        except httpx.HTTPError:
            return

    def history(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._until_done("GET", "/api/messages")["messages"]
        return found

    def check(self) -> None:
        """Every acknowledged message is there once, in order, with the replies that were shown."""
        entries = self.history()
        ids = [entry["id"] for entry in entries]
        assert len(ids) == len(set(ids)), "an entry is there twice"
        asked = [entry["id"] for entry in entries if entry["from"] == "patient"]
        assert asked == [sent.id for sent in self.sent], "messages are missing, doubled or moved"
        for sent in self.sent:
            start = ids.index(sent.id) + 1
            shown = []
            for entry in entries[start:]:
                if entry["from"] == "patient":
                    break
                shown.append(entry["id"])
            assert shown == sent.replies, f"{sent.text!r} was answered with something else"

    def close(self) -> None:
        self._http.close()

    def _send(self, text: str, said: dict[str, str]) -> Patient:
        body = {"id": str(uuid.uuid4()), **said}
        self.reply = self._until_done("POST", "/api/messages", body)["messages"]
        assert self.reply
        self.sent.append(Sent(body["id"], text, [message["id"] for message in self.reply]))
        return self

    def _until_done(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE
        last = "nothing at all"
        while time.monotonic() < end:
            self.tries += 1
            try:
                answer = self._call(method, path, body)
            except httpx.HTTPError as error:
                last = type(error).__name__
            else:
                if answer.is_success:
                    found: dict[str, Any] = answer.json()
                    return found
                assert answer.status_code >= 500, answer.text
                last = answer.text
            time.sleep(PAUSE)
        raise NeverAnswered(f"{method} {path}: {last}")

    def _call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        return self._http.request(method, path, json=body, headers=headers)
