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
from content.names import RAISED, UNDERSTANDING
from content.payload import parse

LOOP = "action_safety_check"
AFFIRM, DENY, NOT_SURE = "affirm", "deny", "not_sure"


def the_check() -> SafetyCheck:
    check = load().safety_check
    assert check is not None
    return check


CHECK = the_check()
READER = Reader(CHECK.words)
SUDDEN_READER = Reader(CHECK.words, sudden=True)
FINDER = Finder(CHECK, READER)
IDS = [question.id for question in CHECK.questions]


class Check:
    """A conversation in which the safety check runs, as Rasa would lead it.

    Args:
        before: what was typed before it began.
        raised: the red flags that the gateway has told of, with their levels.
    """

    def __init__(self, *before: str, raised: Any = None) -> None:
        self.raised: Any = raised
        self.slots: dict[str, Any] = {"offered": [], "fallbacks": 0, "topic": None}
        self.loop: str | None = None
        self.events: list[dict[str, Any]] = [{"event": "user", "text": text} for text in before]
        self.replies: list[dict[str, Any]] = self._turn("start", "safety_check", {})

    def types(self, text: str, intent: str = "nlu_fallback", **understood: Any) -> Check:
        self.replies = self._turn(text, intent, understood)
        return self

    def presses(self, act: str) -> Check:
        """Press the button of that act below the last question."""
        return self.takes(self.payload(act))

    def takes(self, payload: str) -> Check:
        """Press a button that stands anywhere in the conversation."""
        _, said = parse(payload) or ("", "")
        return self.types(said, "choose", label=said, confidence=1.0)

    def says(self, *texts: str) -> Check:
        for text in texts:
            self.types(text)
        return self

    def _turn(self, text: str, intent: str, understood: dict[str, Any]) -> list[dict[str, Any]]:
        latest = {
            "text": text,
            "intent": {"name": intent},
            "metadata": {"region": "GB", RAISED: self.raised},
            UNDERSTANDING: understood,
        }
        parsed = {"intent": {"name": intent}}
        self.events.append({"event": "user", "text": text, "parse_data": parsed})
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

    def payload(self, act: str) -> str:
        """What the button of that act below the last question carries."""
        offered = [str(button["payload"]) for button in self.last["buttons"]]
        return next(one for one in offered if one.split(":")[1] == act)


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
    sudden = course.takes_onset(CHECK, course.State(question))
    reader = SUDDEN_READER if sudden else READER
    return reader.read(text, FINDER.told(text, question).named).said
