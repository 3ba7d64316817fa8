"""Plays a written conversation against the running assistant and shows where they part.

A conversation is YAML that anybody can write; ``docs/writing_conversations.md`` shows how.
"""

from __future__ import annotations

import difflib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from deploy.stack import Stack

EXPECTATIONS = {"kind", "topic", "reaches", "offers", "says", "never_says", "level"}
TURN_FIELDS = {"patient", "chooses", "dorsi"}


class ConversationError(AssertionError):
    """The assistant said something else than written, or the file cannot be understood."""


@dataclass(frozen=True)
class Conversation:
    """One dialogue: a sentence that names it, the region, and its turns."""

    name: str
    turns: list[dict[str, Any]]
    region: str | None = None

    def __str__(self) -> str:
        return self.name


def read(folder: Path) -> Iterator[Conversation]:
    """Every conversation of every file in ``folder``.

    Raises:
        ConversationError: a field is unknown or missing; the text names file and conversation.
    """
    for path in sorted(folder.glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["conversations"]:
            for turn in item["turns"]:
                unknown = (turn.keys() - TURN_FIELDS) | (
                    turn.get("dorsi", {}).keys() - EXPECTATIONS
                )
                if unknown or not turn.keys() & {"patient", "chooses"}:
                    where = f"{path.name}: {item['name']}"
                    raise ConversationError(f"{where}: mend the turn {turn} ({unknown})")
            yield Conversation(f"{path.stem}: {item['name']}", item["turns"], item.get("region"))


def play(conversation: Conversation, stack: Stack) -> None:
    """Play a conversation in a session of its own.

    Raises:
        ConversationError: the transcript with what was expected beside what was said.
    """
    opening = {"region": conversation.region} if conversation.region else {}
    token = str(stack.post("/api/sessions", opening)["session"])
    transcript: list[str] = []
    buttons: dict[str, str] = {}
    for turn in conversation.turns:
        body: dict[str, str] = {"id": str(uuid.uuid4())}
        if "chooses" in turn:
            transcript.append(f"patient presses: {turn['chooses']}")
            body["choice"] = _button(turn["chooses"], buttons, transcript)
        else:
            transcript.append(f"patient: {turn['patient']}")
            body["text"] = turn["patient"]
        reply: Any = stack.post("/api/messages", body, token)["messages"]
        buttons = {b["title"]: b["id"] for message in reply for b in message.get("buttons") or []}
        _compare(turn.get("dorsi", {}), reply, transcript)
        transcript += [f"dorsi: {message['text']}" for message in reply]


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
    if name in ("says", "never_says"):
        return "\n".join(message["text"] for message in reply)
    return list(dict.fromkeys(message[name] for message in reply))


def _fits(name: str, expected: Any, said: Any) -> bool:
    values = expected if isinstance(expected, list) else [expected]
    if name == "offers":
        return set(values) <= set(said)
    if name == "says":
        return all(value.lower() in said.lower() for value in values)
    if name == "never_says":
        return not any(value.lower() in said.lower() for value in values)
    return any(value in said for value in values)
