"""What somebody still asks for is there, however long ago it was."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa_sdk import Tracker

from actions import elsewhere
from actions.replies import the_catalogue
from actions.safety import course
from actions.summary import session
from actions.summary.practice import noted
from assistant.red_flags import new_flags
from assistant.tracking.landmarks import LOOKING_BACK
from assistant.tracking.store import Conversations
from assistant.tracking.window import MOST_TURNS
from content.names import Action, Intent, Slot
from content.summary import the_summary
from diary.values import History
from tests.unit.tracking.talking import hear, opening, texts, turn, user

PAIN = 3
CHECKED = course.State().as_json()


def told(number: int) -> list[Event]:
    """One of the things that a patient does, in turn."""
    exercise = {"done": [{"exercise": "toe_raises", "repetitions": number}], "pain": PAIN}
    return [
        turn(number),
        [user("causes/stroke", intent=Intent.CHOOSE.value), ActionExecuted("action_answer")],
        [user("lift"), ActiveLoop(Action.EXERCISE.value), SlotSet(Slot.EXERCISE.value, exercise)],
        [user("no"), ActiveLoop(None), SlotSet(Slot.SAFETY_CHECK.value, CHECKED)],
        [user("take that out"), ActiveLoop(Action.SUMMARY.value), ActiveLoop(None)],
    ][number % 5]


def sent(tracker: DialogueStateTracker) -> Tracker:
    """The tracker as an action gets it."""
    return Tracker.from_dict(tracker.current_state(EventVerbosity.ALL))


def found(tracker: Tracker) -> dict[str, Any]:
    """What the actions look for in a whole conversation."""
    names = {"toe_raises": "Toe raises"}
    now = datetime.now(timezone.utc)
    return {
        "typed": session.typed(tracker.events),
        "of late": elsewhere.typed(tracker),
        "checked": session.checked(tracker.events, the_catalogue().safety_check, the_summary()),
        "exercises": noted(History(), tracker.events, names, now).exercises,
    }


@pytest.mark.parametrize("loop", sorted(LOOKING_BACK))
async def test_an_action_that_looks_back_finds_all_that_it_would_in_the_whole_conversation(
    store: Conversations, loop: str
) -> None:
    rasa = SQLTrackerStore(store.domain, db="")
    for number in range(50):
        events = [*(opening() if not number else ()), *told(number)]
        await hear(store, events)
        await hear(rasa, events)
    ours = await hear(store, [user("now"), ActiveLoop(loop)])
    whole = await hear(rasa, [user("now"), ActiveLoop(loop)])
    assert ours.past is not None
    assert found(sent(ours)) == found(sent(whole))
    assert found(sent(ours))["checked"]
    assert found(sent(ours))["exercises"][0].pain == PAIN
    assert len(found(sent(ours))["typed"]) > 3 * MOST_TURNS
    rasa.engine.dispose()


async def test_another_action_gets_the_last_turns_alone(store: Conversations) -> None:
    await hear(store, opening())
    for number in range(50):
        await hear(store, turn(number))
    tracker = sent(await hear(store, [user("now"), ActiveLoop(Action.EXERCISE.value)]))
    heard = [event for event in tracker.events if event["event"] == "user"]
    assert 1 < len(heard) <= MOST_TURNS + 1


async def test_a_red_flag_that_the_patient_was_told_of_long_ago_is_not_new(
    store: Conversations,
) -> None:
    dangerous = "I cannot breathe"
    tracker = await hear(store, [*opening(), user(dangerous)])
    flags = new_flags(tracker)
    assert flags
    said = {flag.id: flag.level.value for flag in flags}
    await hear(store, [BotUttered("Call now.", metadata={"flags": said})])
    for number in range(3 * MOST_TURNS):
        await hear(store, turn(number))
    tracker = await hear(store, [user(dangerous)])
    assert dangerous not in texts(tracker.events)[:-1]
    assert isinstance(tracker.latest_message, UserUttered)
    assert new_flags(tracker) == []
