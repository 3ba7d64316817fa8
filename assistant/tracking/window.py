"""A tracker that holds the last turns, and the state that all turns before them led to.

What Rasa does in a turn (copy the tracker, find which events apply, rebuild past states, send all
to an action) takes time for each event a tracker holds. So it holds few. The state is exact; past
states, and what ``applied_events`` gives, reach no further back than the window.
"""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rasa.shared.constants import DEFAULT_SENDER_ID
from rasa.shared.core.events import (
    ActionReverted,
    Event,
    SessionStarted,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity, TrackerActiveLoop

from assistant.tracking.landmarks import LOOKING_BACK, landmark, looked_back_on
from assistant.tracking.rows import Stored

LEAST_TURNS, MOST_TURNS = 4, 8
"""A window of more turns than the second is cut down to the first."""

REVERTING = (ActionReverted, UserUtteranceReverted)


@dataclass(frozen=True)
class Past:
    """A conversation up to where its window begins.

    Attributes:
        length: how many events of the session it was.
        landmarks: what is left of them.
        older: reads all of them again. It may raise TrackingError.
        state: the tracker's fields, by their names.
        slots: the slots.
        loop: the loop that was active.
    """

    length: int
    landmarks: tuple[Event, ...]
    older: Callable[[int], list[Event]]
    state: dict[str, Any]
    slots: tuple[Slot, ...]
    loop: TrackerActiveLoop | None

    STATE = (
        "_paused",
        "followup_action",
        "latest_action",
        "latest_message",
        "latest_bot_utterance",
    )

    @classmethod
    def of(cls, tracker: Window, older: Callable[[int], list[Event]]) -> Past:
        """What is left of a tracker when all its events are past."""
        before = tracker.past
        left = (landmark(event) for event in tracker.events)
        return cls(
            length=(before.length if before else 0) + len(tracker.events),
            landmarks=(
                *(before.landmarks if before else ()),
                *(event for event in left if event is not None),
            ),
            older=older,
            state={name: getattr(tracker, name) for name in cls.STATE},
            slots=tuple(copy.copy(slot) for slot in tracker.slots.values()),
            loop=tracker.active_loop and replace(tracker.active_loop),
        )

    def restore(self, tracker: Window) -> None:
        """Give a tracker this state."""
        for name, value in self.state.items():
            setattr(tracker, name, value)
        tracker.slots.update({slot.name: copy.copy(slot) for slot in self.slots})
        tracker.active_loop = self.loop and replace(self.loop)


class Window(DialogueStateTracker):
    """Rasa's tracker; ``events`` are the last turns, ``past`` is what was before.

    Attributes:
        past: what was before the first of ``events``; None if there was nothing.
        stored: how many of ``events`` the database has.
        last: the newest event of the conversation in the database.
    """

    def __init__(
        self,
        sender_id: str,
        slots: Iterable[Slot] | None,
        max_event_history: int | None = None,
        sender_source: str | None = None,
        is_rule_tracker: bool = False,
        past: Past | None = None,
    ) -> None:
        super().__init__(sender_id, slots, max_event_history, sender_source, is_rule_tracker)
        self.past = past
        self.stored = 0
        self.last: Stored | None = None
        if past:
            past.restore(self)

    def init_copy(self) -> Window:
        """A tracker as this one was where its window begins."""
        made = Window(
            self.sender_id or DEFAULT_SENDER_ID,
            self.slots.values(),
            is_rule_tracker=self.is_rule_tracker,
            past=self.past,
        )
        made.stored, made.last = self.stored, self.last
        return made

    def replay_events(self) -> None:
        """Find the state anew from all events, because one of them takes others back.

        Raises:
            TrackingError: the events before the window cannot be read.
        """
        self._widen()
        super().replay_events()

    def _widen(self) -> None:
        if self.past:
            older = self.past.older(self.past.length)
            self.events: deque[Event] = deque([*older, *self.events])
            self.stored += len(older)
            self.past = None

    def _events_for_verbosity(self, event_verbosity: EventVerbosity) -> list[Event] | None:
        # This is how Rasa asks for the events that it sends to an action.
        if event_verbosity == EventVerbosity.ALL and self.active_loop_name in LOOKING_BACK:
            return looked_back_on(self)
        found: list[Event] | None = super()._events_for_verbosity(event_verbosity)
        return found


def settled(
    like: DialogueStateTracker,
    past: Past | None,
    events: Sequence[Event],
    older: Callable[[int], list[Event]],
) -> Window:
    """A conversation between two turns, with a window of a bounded length.

    A new session begins with nothing, so what was before it goes. A window with an event that takes
    others back stays whole until that event is old.

    Args:
        like: a tracker of the same conversation, for its id and its slots.
        past: what was before the events.
        events: every event since then; the database has them all.
        older: reads so many events of the session, from its begin.
    """
    begun = [at for at, event in enumerate(events) if isinstance(event, SessionStarted)]
    if begun and (begun[-1] or past):
        past, events = None, events[begun[-1] :]
    turns = [at for at, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(turns) > MOST_TURNS:
        cut = turns[-LEAST_TURNS]
        if not any(isinstance(event, REVERTING) for event in events[cut:]):
            past = Past.of(_replayed(like, past, events[:cut]), older)
            events = events[cut:]
    made = _replayed(like, past, events)
    made.stored = len(made.events)
    return made


def _replayed(like: DialogueStateTracker, past: Past | None, events: Sequence[Event]) -> Window:
    made = Window(like.sender_id, like.slots.values(), past=past)
    for event in events:
        made.update(event)
    return made
