"""Plays a written conversation against the running assistant and shows where they part."""

from __future__ import annotations

import difflib
import json
import re
import urllib.request
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from deploy.stack import DIRECT, Stack
from gate.dialogues.written import Conversation, ConversationError, Missed


def play(conversation: Conversation, stack: Stack) -> None:
    """Play a conversation in a session of its own.

    Raises:
        ConversationError: the transcript with what was expected beside what was said.
    """
    Talk(stack, conversation.region).play(conversation.turns)


class Talk:
    """A session of its own, in which turns are played; it can be left and taken up again."""

    def __init__(self, stack: Stack, region: str | None = None) -> None:
        opened: Any = stack.post("/api/sessions", {"region": region} if region else {})
        self._stack = stack
        self._token = str(opened["session"])
        self._ids = [message["id"] for message in opened["messages"]]
        self._transcript: list[str] = []
        self._buttons: dict[str, str] = {}
        self._turn = 0

    def play(self, turns: list[dict[str, Any]]) -> None:
        """Play some turns.

        Raises:
            ConversationError: the transcript with what was expected beside what was said.
        """
        for turn in turns:
            self._turn += 1
            body: dict[str, str] = {"id": str(uuid.uuid4())}
            if "chooses" in turn:
                self._transcript.append(f"patient presses: {turn['chooses']}")
                body["choice"] = self._button(turn["chooses"])
            else:
                self._transcript.append(f"patient: {turn['patient']}")
                body["text"] = turn["patient"]
            self._send(body, turn.get("dorsi", {}))

    def is_whole(self) -> bool:
        """Whether the history holds all that was said, in order and once."""
        headers = {"Authorization": f"Bearer {self._token}"}
        request = urllib.request.Request(f"{self._stack.url}/api/messages", headers=headers)
        with DIRECT.open(request, timeout=30) as reply:
            return [message["id"] for message in json.load(reply)["messages"]] == self._ids

    def _send(self, body: dict[str, str], expected: dict[str, Any]) -> None:
        reply: Any = self._stack.post("/api/messages", body, self._token)["messages"]
        self._ids += [body["id"], *(message["id"] for message in reply)]
        buttons = [button for message in reply for button in message.get("buttons") or []]
        self._buttons = {button["title"]: button["id"] for button in buttons}
        self._transcript += [f"dorsi: {message['text']}" for message in reply]
        missed = _missed(expected, reply)
        if missed:
            wanted = [f"{one.name}: {one.expected}" for one in missed]
            got = [f"{one.name}: {one.said}" for one in missed]
            diff = difflib.unified_diff(wanted, got, "written", "said", lineterm="", n=0)
            raise self._failed(diff, missed)

    def _button(self, title: str) -> str:
        if title not in self._buttons:
            there = ", ".join(self._buttons) or "none"
            missed = Missed("chooses", title, there, (title,))
            raise self._failed([f"no such button; there are: {there}"], [missed])
        return self._buttons[title]

    def _failed(self, lines: Iterable[str], missed: Sequence[Missed]) -> ConversationError:
        text = "\n".join([*self._transcript, *(f"  {line}" for line in lines)])
        return ConversationError(text, self._transcript, missed, self._turn)


def _missed(expected: dict[str, Any], reply: list[dict[str, Any]]) -> list[Missed]:
    said = {name: _said(name, reply) for name in expected}
    return [
        Missed(name, value, said[name], _amiss(name, value, said[name]))
        for name, value in expected.items()
        if not _fits(name, value, said[name])
    ]


def _said(name: str, reply: list[dict[str, Any]]) -> Any:
    if name == "offers":
        return [b["topic"] for m in reply for b in m.get("buttons") or [] if b.get("topic")]
    if name == "reaches":
        return _said("topic", reply) + _said("offers", reply)
    if name in ("says", "says_one_of", "never_says"):
        return "\n".join(message["text"] for message in reply)
    if name == "first_says":
        # A point within a number or a name is followed by no space.
        return re.split(r"(?<=[.!?])\s", reply[0]["text"], maxsplit=1)[0]
    if name == "first_level":
        return [reply[0]["level"]]
    name = "level" if name == "never_level" else name
    return list(dict.fromkeys(message[name] for message in reply))


def _fits(name: str, expected: Any, said: Any) -> bool:
    values = expected if isinstance(expected, list) else [expected]
    if name == "offers":
        return set(values) <= set(said)
    if name in ("says", "first_says"):
        return all(value.lower() in said.lower() for value in values)
    if name == "says_one_of":
        return any(value.lower() in said.lower() for value in values)
    if name == "never_level":
        return not set(values) & set(said)
    if name == "never_says":
        return not any(value.lower() in said.lower() for value in values)
    return any(value in said for value in values)


def _amiss(name: str, expected: Any, said: Any) -> tuple[str, ...]:
    """Of the values that do not fit, those that by themselves do not."""
    values = expected if isinstance(expected, list) else [expected]
    return tuple(str(value) for value in values if not _fits(name, value, said))
