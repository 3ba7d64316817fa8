"""A conversation of the actions alone, turn by turn: what is said, and what is remembered.

The rules are Rasa's: what is active goes on, a topic is answered, an act gets its reply, and what
an act hands over to begins in the same turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import elsewhere
from actions.doctor_summary import ActionSummary
from actions.exercise import ActionExercise
from actions.memory import Events
from actions.progress_talk import ActionProgress
from actions.recovery_talk import ActionRecovery
from actions.safety_check import ActionSafetyCheck
from content.names import Field

SPOKEN = ("text", "kind", "level", "topic", "buttons", "sources")
LOOPS: Mapping[str, type[Action]] = {
    action().name(): action
    for action in (
        ActionExercise,
        ActionProgress,
        ActionRecovery,
        ActionSafetyCheck,
        ActionSummary,
    )
}
HANDED_ON = 3
"""So often may one turn be handed on."""
LOOKED_BACK = 80
"""Events that are kept."""

Message = dict[str, Any]


class Conversation:
    """One conversation; between turns it is plain JSON."""

    def __init__(self, region: str, state: Mapping[str, Any] | None = None) -> None:
        """Begin one, or go on with what :meth:`as_json` gave."""
        kept = state or {}
        self._region = region
        self.slots: dict[str, Any] = dict(kept.get("slots") or {})
        self.loop: str | None = kept.get("loop")
        self.events: list[dict[str, Any]] = list(kept.get("events") or [])
        self._latest: dict[str, Any] = {}

    def as_json(self) -> dict[str, Any]:
        """What is to be remembered."""
        return {"slots": self.slots, "loop": self.loop, "events": self.events[-LOOKED_BACK:]}

    def hear(self, parsed: Mapping[str, Any], raised: Mapping[str, str] | None = None) -> None:
        """Take a message.

        Args:
            parsed: what was understood, as Rasa keeps it.
            raised: red flags that were told of, with their levels.
        """
        metadata = {"region": self._region, "raised": dict(raised or {})}
        self._latest = {**parsed, "metadata": metadata}
        self.events.append({"event": "user", "text": parsed["text"], "parse_data": self._latest})

    def reply(self) -> list[Message]:
        """What is said to the message that was heard."""
        said: list[Message] = []
        for _ in range(HANDED_ON):
            before = self.loop
            action = LOOPS.get(before or "")
            run = action().run if action else elsewhere.reply_elsewhere
            dispatcher = CollectingDispatcher()
            self.remember(run(dispatcher, self.tracker(), {}))
            said += self.said(dispatcher)
            if self.loop is None or self.loop == before:
                break
        return said

    def tracker(self) -> Tracker:
        """The conversation as an action sees it."""
        loop = {"name": self.loop} if self.loop else {}
        return Tracker(
            "preview", dict(self.slots), self._latest, list(self.events), False, None, loop, None
        )

    def remember(self, events: Events) -> None:
        """Take in what an action gave back."""
        for event in events:
            if event["event"] == "active_loop":
                self.loop = event["name"]
                self.events.append(dict(event))
            elif event["event"] == "slot":
                self.slots[event["name"]] = event["value"]

    def said(self, dispatcher: CollectingDispatcher) -> list[Message]:
        """What an action said, as the channel would pass it on."""
        self.events += [_as_event(message) for message in dispatcher.messages]
        return [as_spoken(message) for message in dispatcher.messages]


def as_spoken(message: Message) -> Message:
    """A message with the fields that leave the channel."""
    extra = {f.value: message[f.value] for f in Field if message.get(f.value) is not None}
    return {**{name: message.get(name) for name in SPOKEN}, **extra}


def _as_event(message: Message) -> dict[str, Any]:
    """How Rasa keeps a message in the conversation."""
    parts = ("elements", "quick_replies", "buttons", "attachment", "image", "custom")
    data = {key: message.get(key) or None for key in parts}
    rest = {key: value for key, value in message.items() if key not in (*parts, "text")}
    return {"event": "bot", "text": message["text"], "data": data, "metadata": rest}
