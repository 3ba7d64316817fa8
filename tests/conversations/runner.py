"""Plays a written conversation against the running assistant and shows where they part.

A conversation is YAML that anybody can write; ``docs/writing_conversations.md`` shows how.
"""

from __future__ import annotations

import difflib
import json
import re
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from deploy.stack import DIRECT, Stack

EXPECTATIONS = {"kind", "topic", "reaches", "offers", "says", "says_one_of", "never_says"}
EXPECTATIONS |= {"level", "never_level", "first_level", "first_says"}
TURN_FIELDS = {"patient", "chooses", "dorsi"}


class ConversationError(AssertionError):
    """The assistant said something else than written, or the file cannot be understood."""


@dataclass(frozen=True)
class Conversation:
    """One dialogue.

    Attributes:
        name: a sentence.
        turns: what is said.
        region: the patient's.
        fault: what goes wrong today, where it is known to; the dialogue then has to fail.
    """

    name: str
    turns: list[dict[str, Any]]
    region: str | None = None
    fault: str | None = None

    def __str__(self) -> str:
        return self.name


def read(folder: Path) -> Iterator[Conversation]:
    """Every conversation of every file in ``folder``.

    Raises:
        ConversationError: a field is unknown or missing; the text names file and conversation.
    """
    for path in sorted(folder.glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["conversations"]:
            check(item["turns"], f"{path.name}: {item['name']}")
            name = f"{path.stem}: {item['name']}"
            yield Conversation(name, item["turns"], item.get("region"), item.get("fault"))


def check(turns: list[dict[str, Any]], where: str) -> None:
    """See whether turns can be played.

    Raises:
        ConversationError: a field is unknown or missing; the text says ``where``.
    """
    for turn in turns:
        unknown = (turn.keys() - TURN_FIELDS) | (turn.get("dorsi", {}).keys() - EXPECTATIONS)
        if unknown or not turn.keys() & {"patient", "chooses"}:
            raise ConversationError(f"{where}: mend the turn {turn} ({unknown})")


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

    def play(self, turns: list[dict[str, Any]]) -> None:
        """Play some turns.

        Raises:
            ConversationError: the transcript with what was expected beside what was said.
        """
        for turn in turns:
            body: dict[str, str] = {"id": str(uuid.uuid4())}
            if "chooses" in turn:
                self._transcript.append(f"patient presses: {turn['chooses']}")
                body["choice"] = _button(turn["chooses"], self._buttons, self._transcript)
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
        _compare(expected, reply, self._transcript)


def _button(title: str, buttons: dict[str, str], transcript: list[str]) -> str:
    if title not in buttons:
        raise ConversationError(
            "\n".join([*transcript, f"  no such button; there are: {', '.join(buttons) or 'none'}"])
        )
    return buttons[title]


def _compare(expected: dict[str, Any], reply: list[dict[str, Any]], transcript: list[str]) -> None:
    wanted, got = [], []
    for name, value in expected.items():
        said = _said(name, reply)
        if not _fits(name, value, said):
            wanted.append(f"{name}: {value}")
            got.append(f"{name}: {said}")
    if wanted:
        diff = difflib.unified_diff(wanted, got, "written", "said", lineterm="", n=0)
        raise ConversationError("\n".join([*transcript, *(f"  {line}" for line in diff)]))


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
