"""One message to the coach, and what every reply has in common."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import elsewhere, memory
from actions.coach import buttons
from actions.exercises import showing
from actions.exercises.choosing import Chooser
from actions.exercises.hearing import Heard, Hearer
from actions.exercises.state import State
from actions.remembered import Remembered, remembered
from actions.replies import Speaker, the_catalogue, understanding
from actions.safety import wording
from actions.safety.answers import Reader
from actions.safety.values import Said
from actions.served import once
from content.coach import Coach
from content.names import ActId, Command, Field, Kind, Slot
from content.names import Action as ActionName
from content.patterns import Patterns

NONE_OF_THESE = "none_of_these"
PATIENCE = 2
"""How many unclear replies in a row are asked again."""

SURELY = 0.8


class Tools(NamedTuple):
    """What reads messages, made once."""

    hearer: Hearer
    chooser: Chooser
    reader: Reader
    checks: Patterns


class Turn:
    """One message and its reply."""

    def __init__(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
        speaker: Speaker,
        coach: Coach,
    ) -> None:
        """Reply to the latest message of ``tracker``."""
        self._rasa = (dispatcher, tracker, domain)
        self.tracker = tracker
        self.speaker = speaker
        self.coach = coach
        payload = elsewhere.said_by_button(tracker)
        self.pressed = buttons.read(payload)
        self.text = "" if payload else str(tracker.latest_message.get("text") or "")
        self.now = time.time()

    @property
    def tools(self) -> Tools:
        """What reads messages."""
        return tools()

    @property
    def at(self) -> datetime:
        """Now, with its time zone."""
        return datetime.fromtimestamp(self.now, timezone.utc)

    @property
    def diary(self) -> Remembered:
        """What is kept of this browser."""
        return remembered(self.tracker)

    @property
    def asks(self) -> bool:
        """Whether the message asks something."""
        return self.tools.reader.is_question(self.text)

    @property
    def answered(self) -> Said:
        """What the message says to a question: yes, no, not sure, stop … or nothing clear."""
        if self.pressed is not None:
            known = {one.value: one for one in Said}
            return known.get(self.pressed.said, Said.UNCLEAR)
        return self.tools.reader.read(self.text).said

    @property
    def ends(self) -> bool:
        """Whether the message ends the visit, whatever was asked."""
        understood = understanding(self.tracker)
        leaves = understood.get("label") == ActId.GOODBYE.value
        sure = float(understood.get("confidence") or 0) >= SURELY
        return self.answered is Said.STOP or (leaves and sure)

    @property
    def agrees(self) -> bool:
        """Whether the message is a plain yes and nothing besides."""
        said = self.pressed.said if self.pressed else _plain(self.text)
        return said in self.coach.agreeing

    @property
    def denies_all(self) -> bool:
        """Whether the message is a plain "none of these" and nothing besides."""
        return (
            self.said([NONE_OF_THESE]) == NONE_OF_THESE or _plain(self.text) in self.coach.denying
        )

    def said(self, offered: Iterable[str]) -> str | None:
        """What a button says: pressed, or typed in the very words of one that is ``offered``."""
        if self.pressed is not None:
            return self.pressed.said
        typed = _plain(self.text)
        same = (one for one in offered if typed == _plain(self.coach.buttons[one]))
        return next(same, None) if typed else None

    def commands(self, command: Command) -> bool:
        """Whether the message is that command, pressed or typed."""
        said = self.pressed.said if self.pressed else self.heard().command
        return said == command.value

    def heard(self) -> Heard:
        """What a typed message says during an exercise."""
        rankings = understanding(self.tracker).get("commands") or []
        return self.tools.hearer.hear(self.text, rankings, asks=self.asks)

    def is_late(self, state: State) -> bool:
        """Whether a button was pressed that was offered at another place."""
        return self.pressed is not None and self.pressed.place != buttons.place(state)

    def say(
        self,
        text: str,
        /,
        kind: Kind = Kind.QUESTION,
        *,
        choices: Sequence[Mapping[str, str]] = (),
        extra: Mapping[Field, Any] | None = None,
        **values: object,
    ) -> None:
        """Say a text of ``data/coach/texts.yml``, with ``values`` filled in."""
        self.tell(showing.fill(self.coach.texts[text], **values), kind, choices, extra)

    def tell(
        self,
        text: str,
        kind: Kind = Kind.QUESTION,
        choices: Sequence[Mapping[str, str]] = (),
        extra: Mapping[Field, Any] | None = None,
        acts: Sequence[str] = (),
    ) -> None:
        """Say words that come from elsewhere in the catalogue."""
        self.speaker.say(text, kind, choices=choices, extra=extra, buttons=acts)

    def keep(self, state: State) -> memory.Events:
        """Wait for the next message at ``state``."""
        return [
            ActiveLoop(ActionName.EXERCISE.value),
            SlotSet(Slot.EXERCISE.value, state.as_json()),
            *memory.offering([]),
        ]

    def end(self, state: State | None, offered: Sequence[str] = ()) -> memory.Events:
        """The coach has ended; ``state`` is what this visit still knows."""
        kept = state.as_json() if state else None
        return [
            ActiveLoop(None),
            SlotSet(Slot.EXERCISE.value, kept),
            *memory.offering(offered),
        ]

    def aside(self) -> memory.Events | None:
        """Reply to something else in between; None where the message is nothing of the sort."""
        if not elsewhere.is_aside(self.tracker, self.speaker.catalogue, asked=self.asks):
            return None
        return elsewhere.reply_aside(*self._rasa)

    def elsewhere(self) -> memory.Events:
        """Reply as if there were no coach."""
        return elsewhere.reply_elsewhere(*self._rasa)


def _plain(text: str) -> str:
    return " ".join(wording.spoken(wording.split(text)))


@once
def tools(_: Path) -> Tools:
    """The tools, made once."""
    catalogue = the_catalogue()
    coach, check = catalogue.coach, catalogue.safety_check
    assert coach is not None, "only a coach that there is asks for them"
    assert check is not None, "the coach reads yes and no by the safety check's words"
    return Tools(
        Hearer(coach),
        Chooser(coach),
        Reader(check.words),
        # "My leg is killing me" is an idiom; "nothing new but fell twice" tells of a fall.
        Patterns({one.id: one.patterns for one in coach.checks}, ignore=("idiom", "unchanged")),
    )
