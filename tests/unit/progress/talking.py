"""A conversation about progress with a real diary, for the tests of it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.progress_talk import ActionProgress
from content.names import DIARY, RAISED, UNDERSTANDING
from content.payload import parse
from diary.store import Diary
from diary.values import CheckIn, Done, History, Visit

ID = "ab" * 32
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=timezone.utc)
LOOP = "action_progress"


def days_back(days: float) -> datetime:
    return NOW - timedelta(days=days)


def visit(days: float, pain: int | None = 1, repetitions: int = 10) -> Visit:
    done = Done("toe_raises", repetitions=repetitions, pain=pain, effort=5)
    return Visit(days_back(days), (done,))


class Talk:
    """A conversation in which the talk runs, as Rasa would lead it."""

    def __init__(self, diary: Diary, *, known: bool = True) -> None:
        self.diary = diary
        self.known = known
        self.raised: dict[str, str] = {}
        self.slots: dict[str, Any] = {"offered": [], "fallbacks": 0, "topic": None}
        self.loop: str | None = None
        self.events: list[dict[str, Any]] = []
        self.replies: list[dict[str, Any]] = []

    def remembers(self, *kept: Visit | CheckIn) -> Talk:
        self.diary.consent(ID, days_back(60))
        for one in kept:
            if isinstance(one, Visit):
                self.diary.add_visit(ID, one)
            else:
                self.diary.add_check_in(ID, one)
        return self

    def begins(self, act: str = "progress", text: str = "how am I doing") -> Talk:
        return self._turn(text, act, {"label": act}, begins=True)

    def types(self, text: str, intent: str = "nlu_fallback", **understood: Any) -> Talk:
        return self._turn(text, intent, understood)

    def says(self, *texts: str) -> Talk:
        for text in texts:
            self.types(text)
        return self

    def presses(self, title: str) -> Talk:
        """Press the button with these words below the last replies."""
        return self.takes(self.payload(title))

    def takes(self, payload: str, *, begins: bool = False) -> Talk:
        """Press a button that stands anywhere in the conversation."""
        _, said = parse(payload) or ("", "")
        act = said.split(":")[0]
        return self._turn(said, act, {"label": act}, begins=begins)

    def _turn(
        self, text: str, intent: str, understood: dict[str, Any], begins: bool = False
    ) -> Talk:
        latest = {
            "text": text,
            "intent": {"name": intent},
            "metadata": {
                "region": "GB",
                RAISED: self.raised,
                **({DIARY: ID} if self.known else {}),
            },
            UNDERSTANDING: understood,
        }
        parsed = {"intent": {"name": intent}}
        self.events.append({"event": "user", "text": text, "parse_data": parsed})
        if begins:
            self.events.append({"event": "active_loop", "name": LOOP})
        dispatcher = CollectingDispatcher()
        tracker = Tracker("p", dict(self.slots), latest, list(self.events), False, None, {}, None)
        for event in ActionProgress().run(dispatcher, tracker, {}):
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            else:
                self.loop = event["name"]
        self.replies = dispatcher.messages
        return self

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.replies)

    @property
    def last(self) -> dict[str, Any]:
        return self.replies[-1]

    @property
    def titles(self) -> list[str]:
        return [button["title"] for message in self.replies for button in message["buttons"]]

    @property
    def offers(self) -> list[str]:
        """The acts that stand as buttons below the last reply."""
        return [str(button["payload"]).removeprefix("act:") for button in self.last["buttons"]]

    @property
    def at(self) -> str | None:
        """The question that waits for its answer."""
        state = self.slots.get("progress")
        return state["at"] if state else None

    @property
    def history(self) -> History:
        return self.diary.history(ID)

    @property
    def told(self) -> CheckIn:
        """The last check-in that was kept."""
        return self.history.check_ins[-1]

    def payload(self, title: str) -> str:
        buttons = [button for message in self.replies for button in message["buttons"]]
        return next(str(one["payload"]) for one in buttons if one["title"] == title)
