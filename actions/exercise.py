"""The coach: readiness, a choice, the steps one by one, and how it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop
from rasa_sdk.executor import CollectingDispatcher

from actions import elsewhere, memory
from actions.coach import after, away, body, choosing, ending, readying, steps, walk
from actions.coach.turn import Turn
from actions.exercises import readiness
from actions.exercises import state as states
from actions.exercises.hearing import Grade
from actions.exercises.state import Stage, State
from actions.replies import Speaker
from content.names import ActId, Command, Kind, Slot
from content.names import Action as ActionName

STAGES: Mapping[Stage, Callable[[Turn, State], memory.Events]] = {
    Stage.READINESS: readying.hear_list,
    Stage.CHECK: readying.hear_check,
    Stage.CHOICE: choosing.hear,
    Stage.STEP: walk.go_on,
    Stage.SIGN: body.hear_sign,
    Stage.DOUBT: body.hear_doubt,
    Stage.SECONDS: after.hear_seconds,
    Stage.EFFORT: after.hear_effort,
    Stage.PAIN: after.hear_pain,
    Stage.CONSENT: after.hear_consent,
}
HEARS_BY_ITSELF = frozenset({Stage.STEP, Stage.SIGN, Stage.DOUBT})
"""Stages that heed every sign of the body."""

OWN = frozenset({ActId.EXERCISE.value, ActId.EXERCISE_RESUME.value})


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
            return readying.begin(turn, state)
        if readying.is_flagged(turn):
            # The gateway has just told the patient to get help; nothing goes on beside that.
            turn.say("flagged", Kind.NOTICE)
            return turn.end(None)
        first = _first(turn, state)
        if first is not None:
            return first
        return away.hear(turn, state) if state.paused else STAGES[state.stage](turn, state)


def _first(turn: Turn, state: State) -> memory.Events | None:
    """What counts at whatever stage; None where it is the stage's own business."""
    pressed = turn.pressed.said if turn.pressed else None
    if pressed == Command.STOP.value:
        return ending.stop(turn, state)
    if pressed == steps.HURTS and state.exercise:
        return body.heed(turn, state, turn.coach.signs[steps.HURTS])
    if turn.pressed is not None or state.paused or state.stage in HEARS_BY_ITSELF:
        return None
    sign = turn.heard().sign
    told = readiness.in_passing(turn.coach, turn.tools.checks.find(turn.text).there)
    if state.stage is Stage.CHOICE and told:
        return readying.told_later(turn, state, told)
    if sign is not None and sign.grade == Grade.STOP and state.stage not in readying.STAGES:
        return body.end(turn, state, sign)
    opens = elsewhere.opens_a_conversation(turn.tracker)
    if opens and elsewhere.intent(turn.tracker) not in OWN:
        return [*turn.end(ending.over(state)), *turn.elsewhere()]
    return None
