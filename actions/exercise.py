"""The coach: readiness, a choice, the steps one by one, and how it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop
from rasa_sdk.executor import CollectingDispatcher

from actions import elsewhere, memory
from actions.coach import after, before, walk
from actions.coach.turn import Turn
from actions.exercises import state as states
from actions.exercises.state import Stage, State
from actions.replies import Speaker
from content.names import Action as ActionName
from content.names import Kind, Slot
from triage.model import Level

STAGES: Mapping[Stage, Callable[[Turn, State], memory.Events]] = {
    Stage.READINESS: before.hear_list,
    Stage.CHECK: before.hear_check,
    Stage.CHOICE: before.hear_choice,
    Stage.STEP: walk.go_on,
    Stage.SIGN: walk.hear_sign,
    Stage.SECONDS: after.hear_seconds,
    Stage.EFFORT: after.hear_effort,
    Stage.PAIN: after.hear_pain,
    Stage.CONSENT: after.hear_consent,
}


class ActionExercise(Action):
    """Walks through exercises; while it is the active loop, every message comes here."""

    def name(self) -> str:
        """The action's name in the domain, and the loop's."""
        return ActionName.EXERCISE.value

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> memory.Events:
        """Begin, or go on from where the coach stands."""
        speaker = Speaker(dispatcher, tracker)
        coach = speaker.catalogue.coach
        if coach is None:
            return [ActiveLoop(None)]
        turn = Turn(dispatcher, tracker, domain, speaker, coach)
        state = states.read(tracker.get_slot(Slot.EXERCISE.value), coach)
        if state is None or elsewhere.just_begun(tracker, ActionName.EXERCISE):
            return before.begin(turn, state)
        if any(one.rank >= Level.URGENT.rank for one in elsewhere.raised(tracker).values()):
            # The gateway has just told the patient to get help; nothing goes on beside that.
            turn.say("flagged", Kind.NOTICE)
            return turn.end(None)
        if state.paused:
            return walk.away(turn, state)
        return STAGES[state.stage](turn, state)
