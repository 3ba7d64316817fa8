"""A conversation in which the safety check runs, for the tests of it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.safety import course
from actions.safety.answers import Reader
from actions.safety.signs import Finder
from actions.safety.values import Said
from actions.safety_check import ActionSafetyCheck
from content import load
from content.model import SafetyCheck
from content.names import UNDERSTANDING

LOOP = "action_safety_check"
AFFIRM, DENY, NOT_SURE = "affirm", "deny", "not_sure"


def the_check() -> SafetyCheck:
    check = load().safety_check
    assert check is not None
    return check


CHECK = the_check()
READER = Reader(CHECK.words)
FINDER = Finder(CHECK, READER)
IDS = [question.id for question in CHECK.questions]


class Check:
    """A conversation in which the safety check runs, as Rasa would lead it."""

    def __init__(self, *before: str) -> None:
        self.slots: dict[str, Any] = {"offered": [], "fallbacks": 0, "topic": None}
        self.loop: str | None = None
        self.events: list[dict[str, Any]] = [{"event": "user", "text": text} for text in before]
        self.replies: list[dict[str, Any]] = self._turn("start", "safety_check", {})

    def types(self, text: str, intent: str = "nlu_fallback", **understood: Any) -> Check:
        self.replies = self._turn(text, intent, understood)
        return self

    def presses(self, act: str) -> Check:
        return self.types(act, act, label=act, confidence=1.0)

    def says(self, *texts: str) -> Check:
        for text in texts:
            self.types(text)
        return self

    def _turn(self, text: str, intent: str, understood: dict[str, Any]) -> list[dict[str, Any]]:
        latest = {
            "text": text,
            "intent": {"name": intent},
            "metadata": {"region": "GB"},
            UNDERSTANDING: understood,
        }
        self.events.append({"event": "user", "text": text})
        dispatcher = CollectingDispatcher()
        tracker = Tracker("p", dict(self.slots), latest, list(self.events), False, None, {}, None)
        for event in ActionSafetyCheck().run(dispatcher, tracker, {}):
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            else:
                self.loop = event["name"]
        return dispatcher.messages

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.replies)

    @property
    def last(self) -> dict[str, Any]:
        return self.replies[-1]

    @property
    def at(self) -> str | None:
        """The question that waits for its answer."""
        state = self.slots.get("safety_check")
        return state["at"] if state else None

    @property
    def answers(self) -> dict[str, str]:
        return dict(self.slots["safety_check"]["answers"])


def asks(check: Check, question: str) -> bool:
    found = course.question(CHECK, question)
    return (
        check.at == question
        and check.last["kind"] == "question"
        and (found.ask in check.text or found.ask_again in check.text)
    )


def at(question: str) -> Check:
    """A check in which every question before this one was denied."""
    check = Check()
    for _ in range(IDS.index(question)):
        check.presses(DENY)
    assert asks(check, question)
    return check


def read(text: str, question: str = "saddle") -> Said:
    return READER.read(text, FINDER.told(text, question).named).said
