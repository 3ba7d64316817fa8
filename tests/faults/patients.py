"""Patients who do not give up: every message is sent again until it is answered."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass
from typing import Any

import httpx

from tests.visits import Visit, client

PATIENCE = 90.0
PAUSE = 0.2


class NeverAnswered(AssertionError):
    """A message got no answer in all that time."""


@dataclass
class Sent:
    """A message that was acknowledged, and its replies' ids."""

    id: str
    said: dict[str, str]
    replies: list[str]


class Patient(Visit):
    """One session of somebody who writes through whatever happens.

    Args:
        url: the gateway's address.

    Attributes:
        sent: the acknowledged messages, in order.
        tries: how often messages were sent in all.
    """

    def __init__(self, url: str) -> None:
        self.sent: list[Sent] = []
        self.tries = 0
        super().__init__(client(url))

    def takes(self, choice: str) -> Patient:
        return self.send({"choice": choice})

    def says_once(self, text: str) -> None:
        """Send it and go away, whatever becomes of it."""
        body = {"id": str(uuid.uuid4()), "text": text}
        try:
            self.request("POST", "/api/messages", body)
        except httpx.HTTPError:
            return

    def history(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call("GET", "/api/messages")["messages"]
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
            assert shown == sent.replies, f"{sent.said} was answered with something else"

    def close(self) -> None:
        self.http.close()

    def send(self, said: dict[str, str]) -> Patient:
        super().send(said)
        self.sent.append(Sent(self.asked, said, [message["id"] for message in self.reply]))
        return self

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """What the gateway answers in the end.

        Raises:
            NeverAnswered: nothing but errors came in all that time.
        """
        end = time.monotonic() + PATIENCE
        last = "nothing at all"
        while time.monotonic() < end:
            self.tries += 1
            try:
                answer = self.request(method, path, body)
            except httpx.HTTPError as error:
                last = type(error).__name__
            else:
                if answer.is_success:
                    return answer.json()
                assert answer.status_code >= 500, answer.text
                last = answer.text
            time.sleep(PAUSE)
        raise NeverAnswered(f"{method} {path}: {last}")
