""" "How am I doing?" and "Erase my exercise diary": one action for both."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import elsewhere, memory
from actions.progress import check_in, course, erasing
from actions.progress.course import Step
from actions.progress.turn import Turn
from actions.safety.values import Said
from content.names import ActId, Slot
from content.names import Action as ActionName


class ActionProgress(Action):
    """Talks about progress; while it is the active loop, every message comes here."""

    def name(self) -> str:
        """The action's name in the domain, and the loop's."""
        return ActionName.PROGRESS.value

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> memory.Events:
        """Begin as the latest message wants, or go on from where the talk stands."""
        turn = Turn(dispatcher, tracker, domain)
        state = course.read(tracker.get_slot(Slot.PROGRESS.value))
        if state is None or elsewhere.just_begun(tracker, ActionName.PROGRESS):
            return _begin(turn)
        if state.at is not Step.ERASE:
            return check_in.hear(turn, state)
        if _asks_for_progress(turn):
            return check_in.begin(turn)
        return erasing.hear(turn, state)


def _begin(turn: Turn) -> memory.Events:
    if turn.pressed is not None:
        # A button of a talk that is over must neither erase nor answer anything.
        turn.say("over", acts=[ActId.PROGRESS.value])
        return turn.end([ActId.PROGRESS.value])
    if elsewhere.intent(turn.tracker) == ActId.FORGET_DIARY.value:
        return erasing.begin(turn)
    return check_in.begin(turn)


def _asks_for_progress(turn: Turn) -> bool:
    """Whether who was asked to confirm wants to see the diary first."""
    asked = elsewhere.intent(turn.tracker) == ActId.PROGRESS.value
    return asked and turn.pressed is None and turn.reading.said is Said.UNCLEAR
