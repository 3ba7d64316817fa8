"""What the conversation's events hold for the summary. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from actions.safety import course
from actions.summary.values import Item
from content.model import SafetyCheck
from content.names import Action, Intent, Slot
from content.summary import Heading, SummaryTexts
from triage.model import Level

Event = Mapping[str, Any]


def typed(events: Iterable[Event]) -> list[str]:
    """What the patient typed, in order; no buttons, and nothing said about a draft."""
    return list(_typed(events))


def is_choice(text: str, intent: str) -> bool:
    """Whether a message is a pressed button: its id is no word of the patient's."""
    return intent in (Intent.CHOOSE.value, text) or text.startswith(f"{intent}:")


def checked(
    events: Iterable[Event], check: SafetyCheck | None, summary: SummaryTexts
) -> list[Item]:
    """The line with the result of the last safety check that came to its end; none for none.

    The check keeps its answers in its slot, and ``at`` is None there once the result is said. So
    the slot tells more surely than the messages, among which are answers to side questions.
    """
    if check is None:
        return []
    ended = [state for state in _states(events, check) if state.at is None]
    if not ended:
        return []
    level = course.level(check, ended[-1])
    outcomes = course.deciding(check, ended[-1].answers)
    # As the result itself: a new foot drop should be looked at, though nothing was named.
    level = Level.SOON if level is Level.NONE else level
    decided = bool(outcomes) and outcomes[0].level is level
    reason = outcomes[0].reason if decided else check.results[level].reason
    text = summary.texts["check"].replace("{level}", summary.levels[level])
    return [Item(Heading.CHECK, text.replace("{reason}", reason), quoted=False)]


def _states(events: Iterable[Event], check: SafetyCheck) -> Iterator[course.State]:
    for event in events:
        if event.get("event") == "slot" and event.get("name") == Slot.SAFETY_CHECK.value:
            state = course.read(event.get("value"), check)
            if state is not None:
                yield state


def _typed(events: Iterable[Event]) -> Iterator[str]:
    loop: str | None = None
    for event in events:
        if event.get("event") == "active_loop":
            loop = event.get("name")
        elif event.get("event") == "user" and loop != Action.SUMMARY.value:
            found = (event.get("parse_data") or {}).get("intent") or {}
            text = str(event.get("text") or "").strip()
            if text and not is_choice(text, str(found.get("name") or Intent.FALLBACK.value)):
                yield text
