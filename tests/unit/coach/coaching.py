"""A conversation with the real action, the real content and no trained model."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.exercise import ActionExercise
from actions.replies import the_catalogue
from content.coach import Coach
from content.names import DIARY, UNDERSTANDING, ActId, Action, Intent, Slot

Reply = list[dict[str, Any]]


def the_coach() -> Coach:
    coach = the_catalogue().coach
    assert coach is not None
    return coach


class Visit:
    """One patient with the coach; ``says`` types, ``presses`` takes a button of the last reply."""

    def __init__(self, diary: str | None = None) -> None:
        self.slots: dict[str, Any] = {}
        self.loop: str | None = None
        self.reply: Reply = []
        self.metadata: dict[str, Any] = {DIARY: diary} if diary else {}
        self._events: list[dict[str, Any]] = []
        self._action = ActionExercise()

    @property
    def state(self) -> dict[str, Any]:
        return self.slots.get(Slot.EXERCISE.value) or {}

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.reply)

    @property
    def buttons(self) -> dict[str, str]:
        return {b["title"]: b["payload"] for m in self.reply for b in m.get("buttons") or []}

    def begins(self, text: str = "", act: ActId = ActId.EXERCISE) -> Visit:
        """Ask for an exercise; the coach was not there before."""
        opened = {"event": "active_loop", "name": Action.EXERCISE.value}
        return self._turn(text or act.value, act.value, after=[opened])

    def begins_inside(self, text: str) -> Visit:
        """Ask for an exercise while the coach is there already."""
        return self._turn(text, ActId.EXERCISE.value)

    def says(self, text: str, command: str | None = None, chance: float = 0.9) -> Visit:
        """Type; ``command`` is what the trained reader takes it for."""
        commands = [[text, [[command, chance]]]] if command else []
        return self._turn(text, Intent.FALLBACK.value, commands=commands)

    def presses(self, title: str) -> Visit:
        return self.sends(self.buttons[title])

    def sends(self, payload: str) -> Visit:
        """Press a button whose payload was kept."""
        _, _, said = payload.partition(":")
        return self._turn(said, said.partition(":")[0])

    def ready(self, wish: str = "") -> Visit:
        """Through the readiness check with nothing in the way."""
        return self.begins(wish).presses(the_coach().buttons["none_of_these"])

    def at_step(self, exercise: str) -> Visit:
        """At the first step of an exercise."""
        self.ready(f"exercise:do.{exercise}")
        if the_coach().exercises[exercise].hold:
            self.presses(the_coach().buttons["yes"])
        return self

    def _turn(
        self,
        text: str,
        intent: str,
        after: list[dict[str, Any]] | None = None,
        **understood: Any,
    ) -> Visit:
        latest = {
            "text": text,
            "intent": {"name": intent},
            "metadata": self.metadata,
            UNDERSTANDING: understood,
        }
        self._events.append({"event": "user", "text": text, "parse_data": latest})
        events = [*self._events, *(after or [])]
        dispatcher = CollectingDispatcher()
        tracker = Tracker("patient", dict(self.slots), latest, events, False, None, {}, None)
        for event in self._action.run(dispatcher, tracker, {}):
            if event["event"] == "active_loop":
                self.loop = event["name"]
            else:
                self.slots[event["name"]] = event["value"]
        self.reply = dispatcher.messages
        return self
