"""Conversations as Rasa makes them, event by event."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from content.names import Slot

LISTEN, SESSION = "action_listen", "action_session_start"
ANN, BOB = "ann", "bob"
DOMAIN = Domain.from_dict(
    {
        "intents": ["ask"],
        "actions": ["action_answer", "action_summary"],
        "slots": {
            Slot.TOPIC.value: {"type": "text", "mappings": [{"type": "custom"}]},
            Slot.FALLBACKS.value: {
                "type": "float",
                "initial_value": 0,
                "mappings": [{"type": "custom"}],
            },
            **{
                slot.value: {
                    "type": "any",
                    "influence_conversation": False,
                    "mappings": [{"type": "custom"}],
                }
                for slot in (Slot.EXERCISE, Slot.SAFETY_CHECK)
            },
        },
    }
)
clock = itertools.count(1_700_000_000)


def user(text: str | None, message_id: str | None = None, intent: str = "ask") -> UserUttered:
    return UserUttered(text, {"name": intent}, message_id=message_id, input_channel="dorsi")


def turn(number: int, *more: Event) -> list[Event]:
    """What one message leads to."""
    return [
        user(f"question {number}", f"m{number}"),
        ActionExecuted("action_answer"),
        BotUttered(f"answer {number}"),
        SlotSet(Slot.TOPIC.value, f"topic {number}"),
        *more,
        ActionExecuted(LISTEN),
    ]


def opening() -> list[Event]:
    return [ActionExecuted(SESSION), SessionStarted(), ActionExecuted(LISTEN)]


async def hear(
    store: TrackerStore, events: Sequence[Event], sender: str = ANN
) -> DialogueStateTracker:
    """One turn: load, go on, save. Each event gets the next second."""
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    for event in events:
        event.timestamp = float(next(clock))
        tracker.update(event)
    await store.save(tracker)
    return tracker


async def talk(store: TrackerStore, turns: int, first: int = 0, sender: str = ANN) -> None:
    if not first:
        await hear(store, opening(), sender)
    for number in range(first, first + turns):
        await hear(store, turn(number), sender)


def state(tracker: DialogueStateTracker) -> dict[str, Any]:
    """All that a tracker knows beside its events."""
    said = tracker.latest_bot_utterance
    return {
        **tracker.current_state(),
        "set": {name: slot.has_been_set for name, slot in tracker.slots.items()},
        "said": said and (said.text, said.data, said.metadata),
        "has begun": bool(tracker.applied_events()),
    }


def texts(events: Sequence[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, UserUttered)]
