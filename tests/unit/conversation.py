"""A tracker and a dispatcher, real ones, around one action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from content.names import UNDERSTANDING

Message = dict[str, Any]


class Talk:
    """A conversation in which one action after another speaks."""

    def __init__(self, region: str | None = None) -> None:
        self.slots: dict[str, Any] = {"topic": None, "offered": None, "fallbacks": 0}
        self.events: list[dict[str, Any]] = []
        self.loop: str | None = None
        self.metadata = {"region": region} if region else {}

    def turn(self, action: Action, intent: str = "any", **understood: Any) -> list[Message]:
        """Let the action answer a message of which that was understood."""
        latest = {
            "intent": {"name": intent},
            "metadata": self.metadata,
            UNDERSTANDING: understood,
        }
        self.events.append({"event": "user", "text": "…", "parse_data": latest})
        dispatcher = CollectingDispatcher()
        tracker = Tracker(
            "patient", dict(self.slots), latest, list(self.events), False, None, {}, None
        )
        for event in action.run(dispatcher, tracker, {}):
            if event["event"] == "active_loop":
                self.loop = event["name"]
            else:
                self.slots[event["name"]] = event["value"]
        self.events += [as_event(message) for message in dispatcher.messages]
        return dispatcher.messages


def as_event(message: Message) -> dict[str, Any]:
    """How Rasa keeps a message in the conversation."""
    parts = ("elements", "quick_replies", "buttons", "attachment", "image", "custom")
    data = {key: message.get(key) or None for key in parts}
    rest = {k: v for k, v in message.items() if k not in (*parts, "text")}
    return {"event": "bot", "text": message["text"], "data": data, "metadata": rest}


def said(messages: Sequence[Message]) -> list[str]:
    return [message["text"] for message in messages]


def kinds(messages: Sequence[Message]) -> list[str]:
    return [message["kind"] for message in messages]


def offered(messages: Sequence[Message]) -> list[list[str]]:
    """The payloads on the buttons of each message."""
    return [[button["payload"] for button in message["buttons"]] for message in messages]
