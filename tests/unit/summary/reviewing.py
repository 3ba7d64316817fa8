"""A conversation in which the summary is reviewed, for the tests of it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.doctor_summary import ActionSummary
from actions.summary.gather import Gatherer
from actions.summary.reading import Reader
from actions.summary.values import Diary
from content.names import UNDERSTANDING
from content.payload import parse
from content.summary import the_summary
from triage.load import load

LOOP = "action_summary"
SUMMARY = the_summary()
GATHERER = Gatherer(SUMMARY, load())
READER = Reader(SUMMARY.words)


class Review:
    """A conversation in which the summary is the active loop, as Rasa would lead it.

    Args:
        before: what was typed before it began.
        events: what else happened then.
        diary: what the diary knows.
    """

    def __init__(
        self, *before: str, events: list[dict[str, Any]] | None = None, diary: Diary | None = None
    ) -> None:
        self.action = ActionSummary(lambda tracker: diary or Diary())
        self.slots: dict[str, Any] = {"offered": [], "fallbacks": 0, "topic": None}
        self.loop: str | None = None
        self.events: list[dict[str, Any]] = [{"event": "user", "text": text} for text in before]
        self.events += events or []
        self.replies: list[dict[str, Any]] = []
        self.types("summary for my doctor", "summary", label="summary")

    def types(self, text: str, intent: str = "nlu_fallback", **understood: Any) -> Review:
        latest = {
            "text": text,
            "intent": {"name": intent},
            "metadata": {"region": "GB"},
            UNDERSTANDING: understood,
        }
        self.events.append({"event": "user", "text": text, "parse_data": latest})
        dispatcher = CollectingDispatcher()
        tracker = Tracker("p", dict(self.slots), latest, list(self.events), False, None, {}, None)
        for event in self.action.run(dispatcher, tracker, {}):
            self.events.append(event)
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            else:
                self.loop = event["name"]
        self.replies = dispatcher.messages
        return self

    def presses(self, title: str) -> Review:
        """Press a button below the last message."""
        payloads = {button["title"]: button["payload"] for button in self.last["buttons"]}
        return self.takes(payloads[title])

    def takes(self, payload: str) -> Review:
        """Press a button that stands anywhere in the conversation."""
        _, said = parse(payload) or ("", "")
        return self.types(said, said.partition(":")[0], label=said, confidence=1.0)

    @property
    def last(self) -> dict[str, Any]:
        return self.replies[-1]

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.replies)

    @property
    def lines(self) -> list[str]:
        """The numbered lines of the draft, without their numbers."""
        numbered = (line.partition(". ") for line in self.text.splitlines())
        return [words for number, _, words in numbered if number.isdecimal()]

    @property
    def told(self) -> list[str]:
        """The lines with the patient's own words."""
        return [line.strip("“”") for line in self.lines if line.startswith("“")]

    @property
    def document(self) -> Any:
        return self.last.get("document")


def told(*messages: str) -> dict[str, list[str]]:
    """What is gathered of typed messages, by heading."""
    found: dict[str, list[str]] = {}
    for item in GATHERER.told(messages):
        found.setdefault(item.heading.value, []).append(item.text)
    return found
