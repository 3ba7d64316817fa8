"""What is still asked for when it is long past: the few events that outlive the window.

Who looks back further than a few turns: the red flags, for what the patient was told already
(``assistant/red_flags.py``); the safety check, for the last thirty messages
(``actions/elsewhere.py``); and the summary, for all that was typed, the last check and the
exercises done (``actions/summary``). Everybody else asks for the state, or for the turn before.
"""

from __future__ import annotations

from rasa.shared.core.events import ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_NAME_KEY

from content.names import Action, Slot

FLAGS = "flags"
"""The key of a message's metadata that names the red flags it tells of."""

LOOKED_UP = frozenset({Slot.SAFETY_CHECK.value, Slot.EXERCISE.value})
LOOKING_BACK = frozenset({Action.SAFETY_CHECK.value, Action.SUMMARY.value})
"""The loops whose actions look back; while one is active its action gets the landmarks too."""


def landmark(event: Event) -> Event | None:
    """What of an event outlives the window: all of it, a part, or nothing."""
    if isinstance(event, UserUttered):
        return UserUttered(
            text=event.text,
            intent={INTENT_NAME_KEY: event.intent_name},
            timestamp=event.timestamp,
            input_channel=event.input_channel,
            message_id=event.message_id,
        )
    if isinstance(event, SlotSet):
        return event if event.key in LOOKED_UP and event.value is not None else None
    if isinstance(event, BotUttered):
        return event if event.metadata.get(FLAGS) else None
    return event if isinstance(event, ActiveLoop) else None


def looked_back_on(tracker: DialogueStateTracker) -> list[Event]:
    """The landmarks before a tracker's window, and the events in it."""
    past = getattr(tracker, "past", None)
    return [*(past.landmarks if past else ()), *tracker.events]
