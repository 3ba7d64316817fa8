"""Talking to the gateway and to Rasa over connections that stay open."""

from __future__ import annotations

import argparse
import http.client
import json
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from deploy.stack import LOOPBACK, Stack

WEBHOOK = "/webhooks/dorsi/webhook"
TEXTS = (
    "why does my foot drop?",
    "which exercises help?",
    "can stretching help me?",
    "what is a brace for?",
    "which shoes are good for me?",
    "why are my legs so tired in the evening?",
    "how do I walk up the stairs?",
    "what does a physiotherapist do?",
)


def options(description: str | None, *, port: int) -> argparse.ArgumentParser:
    """A parser with what all measurements are told.

    Args:
        description: what is measured.
        port: the gateway's port if none is given.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--port", type=int, default=port, help="the gateway's port")
    return parser


@contextmanager
def measured(port: int) -> Iterator[Stack]:
    """A stack to measure, in a folder that goes when it is over."""
    with tempfile.TemporaryDirectory() as state, Stack(port, Path(state)) as stack:
        yield stack


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so many of a hundred do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share / 100 * (len(ordered) - 1)))]


def line(name: str, values: Sequence[float]) -> str:
    """A measurement in milliseconds, for people."""
    shown = "  ".join(f"p{share} {percentile(values, share):7.1f}" for share in (50, 95))
    return f"{name:28} {shown}  ({len(values)} times, in ms)"


class Door:
    """A connection to one port of this machine, opened anew where it was closed."""

    def __init__(self, port: int) -> None:
        self._http = http.client.HTTPConnection(LOOPBACK, port, timeout=60)

    def post(self, path: str, body: object, token: str | None = None) -> tuple[float, Any]:
        """Send JSON; the milliseconds it took and the answer."""
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        sent = json.dumps(body)
        began = time.perf_counter()
        try:
            answered = self._once(path, sent, headers)
        except (http.client.RemoteDisconnected, ConnectionError, http.client.CannotSendRequest):
            self.close()
            began = time.perf_counter()
            answered = self._once(path, sent, headers)
        return (time.perf_counter() - began) * 1000, answered

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        with suppress(OSError):
            self._http.close()

    def _once(self, path: str, body: str, headers: dict[str, str]) -> Any:
        self._http.request("POST", path, body, headers)
        response = self._http.getresponse()
        content = response.read()
        if response.status >= 400:
            raise RuntimeError(f"{path}: {response.status} {content[:200]!r}")
        return json.loads(content)


class Patient:
    """Somebody with a session, by way of the gateway.

    Attributes:
        kinds: of the messages in the last reply.
    """

    def __init__(self, door: Door) -> None:
        self._door = door
        self.token = str(door.post("/api/sessions", {"region": "GB"})[1]["session"])
        self.kinds: list[str] = []

    def say(self, text: str) -> float:
        """Milliseconds until the reply."""
        body = {"id": str(uuid.uuid4()), "text": text}
        taken, reply = self._door.post("/api/messages", body, self.token)
        self.kinds = [message["kind"] for message in reply["messages"]]
        return taken


class Direct:
    """The same conversation without the gateway."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._sender = uuid.uuid4().hex

    def say(self, text: str) -> float:
        """Milliseconds until Rasa's answer."""
        body = {
            "sender": self._sender,
            "message_id": str(uuid.uuid4()),
            "text": text,
            "metadata": {"region": "GB", "screened": True, "escalated": False, "raised": {}},
        }
        return self._door.post(WEBHOOK, body)[0]
