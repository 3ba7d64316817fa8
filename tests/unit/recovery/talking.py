"""A conversation in which the talk about recovery runs, as Rasa would lead it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.recovery_talk import ActionRecovery
from content.names import UNDERSTANDING
from content.payload import parse
from content.recovery import the_recovery

LOOP = "action_recovery"
START = "talk me through my recovery"
RECOVERY = the_recovery()


class Talking:
    """The talk, begun with ``opening``; every reply of Dorsi's is in ``replies``."""

    def __init__(self, opening: str = START, intent: str = "recovery") -> None:
        self.slots: dict[str, Any] = {"offered": [], "fallbacks": 0, "topic": None}
        self.loop: str | None = LOOP
        self.events: list[dict[str, Any]] = []
        self.replies: list[dict[str, Any]] = []
        self.types(opening, intent)

    def types(self, text: str, intent: str = "nlu_fallback", **understood: Any) -> Talking:
        latest = {
            "text": text,
            "intent": {"name": intent},
            "metadata": {"region": "GB"},
            UNDERSTANDING: understood,
        }
        self.events.append(
            {"event": "user", "text": text, "parse_data": {"intent": {"name": intent}}}
        )
        dispatcher = CollectingDispatcher()
        tracker = Tracker("p", dict(self.slots), latest, list(self.events), False, None, {}, None)
        for event in ActionRecovery().run(dispatcher, tracker, {}):
            if event["event"] == "active_loop":
                self.loop = event["name"]
            else:
                self.slots[event["name"]] = event["value"]
        self.replies = dispatcher.messages
        return self

    def says(self, *texts: str) -> Talking:
        for text in texts:
            self.types(text)
        return self

    def takes(self, payload: str) -> Talking:
        """Press a button that stands anywhere in the conversation."""
        kind, said = parse(payload) or ("", "")
        act = said.partition(":")[0]
        return self.types(said, act if kind == "act" else "choose", label=said, confidence=1.0)

    def presses(self, title: str) -> Talking:
        """Press a button below the last message."""
        return self.takes(self.buttons[title])

    @property
    def buttons(self) -> dict[str, str]:
        """The payloads of the buttons below the last message, by title."""
        return {one["title"]: one["payload"] for one in self.replies[-1]["buttons"]}

    @property
    def text(self) -> str:
        """All that was said in the last turn."""
        return "\n".join(message["text"] for message in self.replies)

    @property
    def state(self) -> Any:
        """What the slot keeps."""
        return self.slots.get("recovery")

    @property
    def at(self) -> str | None:
        """What is asked."""
        return self.state["at"] if self.state else None

    @property
    def ended(self) -> bool:
        """Whether the loop is over and nothing is kept."""
        return self.loop is None and self.state is None
