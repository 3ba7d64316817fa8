"""One message of the talk about progress, and what every reply has in common."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import elsewhere, memory
from actions.exercises.showing import PARTING, fill
from actions.progress import buttons
from actions.progress.course import State, Step
from actions.remembered import Remembered, remembered
from actions.replies import Speaker, the_catalogue, understanding
from actions.safety import wording
from actions.safety.answers import Reader
from actions.safety.values import Reading, Said
from actions.served import once, the_progress
from content.names import ActId, Field, Kind, Slot
from content.names import Action as ActionName
from triage.model import Level

NOT = "not"


class Turn:
    """One message and its reply."""

    def __init__(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> None:
        """Reply to the latest message of ``tracker``."""
        self._rasa = (dispatcher, tracker, domain)
        self.tracker = tracker
        self.speaker = Speaker(dispatcher, tracker)
        self.progress = the_progress()
        payload = elsewhere.said_by_button(tracker)
        self.pressed = buttons.read(payload)
        self.text = "" if payload else str(tracker.latest_message.get("text") or "")
        self.at = datetime.fromtimestamp(time.time(), timezone.utc)

    @property
    def diary(self) -> Remembered:
        """What is kept of this browser."""
        return remembered(self.tracker)

    @property
    def reading(self) -> Reading:
        """What the typed words say to a question."""
        return reader().read(self.text)

    @property
    def asks(self) -> bool:
        """Whether the message asks something; "did not …" begins an answer."""
        denies = wording.split(self.text)[1:2] == (NOT,)
        asks = reader().is_question(self.text) and not denies
        return asks or self.text.rstrip().endswith("?")

    @property
    def act(self) -> str:
        """What the message was understood as, before anything else was thought of it."""
        return str(understanding(self.tracker).get("label") or elsewhere.intent(self.tracker))

    @property
    def ends(self) -> bool:
        """Whether the message ends the talk."""
        return self.act == ActId.GOODBYE.value or self.reading.said is Said.STOP

    @property
    def is_flagged(self) -> bool:
        """Whether the patient was told to get help at once, or today."""
        raised = elsewhere.raised(self.tracker).values()
        return any(level.rank >= Level.URGENT.rank for level in raised)

    @property
    def is_aside(self) -> bool:
        """Whether the message has a reply of its own."""
        return elsewhere.is_aside(self.tracker, self.speaker.catalogue, asked=self.asks)

    def is_late(self, state: State) -> bool:
        """Whether a button was pressed that stood below another question."""
        return self.pressed is not None and self.pressed.place != buttons.place(state)

    def say(
        self,
        name: str,
        /,
        kind: Kind = Kind.NOTICE,
        *,
        acts: Sequence[str] = (),
        extra: Mapping[Field, Any] | None = None,
    ) -> None:
        """Say a text of ``data/progress.yml``."""
        self.speaker.say(self.progress.texts[name], kind, buttons=acts, extra=extra)

    def ask(self, state: State, *before: str, again: bool = False) -> memory.Events:
        """Ask the question at which the talk stands, after the texts ``before``, and wait."""
        texts = self.progress.texts
        words = PARTING.join([*(texts[name] for name in before), self._question(state, again)])
        choices = buttons.below(self.progress, state)
        self.speaker.say(words, Kind.QUESTION, choices=choices)
        return [
            ActiveLoop(ActionName.PROGRESS.value),
            SlotSet(Slot.PROGRESS.value, state.as_json()),
            *memory.offering([]),
        ]

    def end(self, offered: Sequence[str] = ()) -> memory.Events:
        """The talk is over; ``offered`` stand as buttons."""
        over = [ActiveLoop(None), SlotSet(Slot.PROGRESS.value, None)]
        return [*over, *memory.offering(offered)]

    def aside(self) -> memory.Events:
        """Reply to something else in between."""
        return elsewhere.reply_aside(*self._rasa)

    def leave(self) -> memory.Events:
        """The talk is over, and this message is about something else."""
        return [*self.end(), *elsewhere.reply_elsewhere(*self._rasa)]

    def _question(self, state: State, again: bool) -> str:
        texts = self.progress.texts
        if state.at is None or state.at is Step.ERASE:
            return texts["erase_again" if again else "erase"]
        if state.healing and not again:
            return texts["more_signs"]
        asked = self.progress.questions[state.at.value]
        return fill(asked.ask_again if again else asked.ask, days=state.days)


@once
def reader(_: Path) -> Reader:
    """What reads yes and no, made once."""
    check = the_catalogue().safety_check
    assert check is not None, "yes and no are read by the safety check's words"
    return Reader(check.words)
