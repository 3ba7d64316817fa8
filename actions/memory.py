"""What a conversation remembers between turns, as Rasa events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet

from content.names import Slot

Events = list[dict[str, Any]]


def talked_about(topic: str, offered: Sequence[str]) -> Events:
    """A topic was answered and others were offered."""
    return [SlotSet(Slot.TOPIC.value, topic), *offering(offered)]


def offering(offered: Sequence[str]) -> Events:
    """Something was understood, and these ids stand as buttons now."""
    return [SlotSet(Slot.OFFERED.value, list(offered)), SlotSet(Slot.FALLBACKS.value, 0)]


def not_understood(times: int, offered: Sequence[str]) -> Events:
    """Nothing was understood, ``times`` in a row."""
    return [SlotSet(Slot.OFFERED.value, list(offered)), SlotSet(Slot.FALLBACKS.value, times)]


def forget(offered: Sequence[str]) -> Events:
    """The patient starts over; only these ids, which stand as buttons now, are kept in mind."""
    return [SlotSet(Slot.TOPIC.value, None), *offering(offered)]


def no_check() -> Events:
    """The safety check is over."""
    return [ActiveLoop(None), SlotSet(Slot.SAFETY_CHECK.value, None)]


def offered(tracker: Tracker) -> list[str]:
    """The ids that the last message offered as buttons."""
    return list(tracker.get_slot(Slot.OFFERED.value) or [])


def topic(tracker: Tracker) -> str | None:
    """The id of the topic last answered."""
    value = tracker.get_slot(Slot.TOPIC.value)
    return value if isinstance(value, str) else None


def fallbacks(tracker: Tracker) -> int:
    """How often in a row nothing was understood."""
    return int(tracker.get_slot(Slot.FALLBACKS.value) or 0)
