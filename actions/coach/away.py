"""While an exercise is paused: other things are answered until the patient wants to go on."""

from __future__ import annotations

from dataclasses import replace

from actions import elsewhere, memory
from actions.coach import body, buttons, ending, steps
from actions.coach.turn import Turn
from actions.exercises.state import Stage, State
from content.names import ActId, Command, Kind, Spoken

ON = frozenset({Command.RESUME.value, Command.NEXT.value})
ON_UNLESS_ASKED = frozenset({Command.REPEAT.value, Spoken.YES.value})
"""These may answer what was offered while the exercise waited."""

STILL = frozenset({Command.PAUSE.value, Spoken.NO.value})


def hear(turn: Turn, state: State) -> memory.Events:
    """Take a message during a pause."""
    heard = turn.heard() if turn.pressed is None else None
    if heard and heard.sign:
        return body.heed(turn, state, heard.sign)
    said = turn.pressed.said if turn.pressed else heard.command if heard else None
    offered = memory.offered(turn.tracker)
    if turn.pressed is not None and turn.is_late(state) and said not in ON:
        return _still(turn, state)
    resumes = elsewhere.intent(turn.tracker) == ActId.EXERCISE_RESUME.value
    if resumes or said in ON or (said in ON_UNLESS_ASKED and not offered):
        return resume(turn, state)
    if said == Command.STOP.value or turn.ends:
        return ending.stop(turn, state)
    if heard and heard.doubt:
        return body.doubt(turn, state)
    asks_again = elsewhere.intent(turn.tracker) == ActId.EXERCISE.value
    if turn.pressed is not None or asks_again or (said in STILL and not offered):
        return _still(turn, state)
    # Anything else is answered as it would be without an exercise, which waits.
    return [*turn.keep(state), *turn.elsewhere()]


def pause(turn: Turn, state: State) -> memory.Events:
    """Wait, for as long as it takes."""
    paused = replace(state, paused=True)
    choices = buttons.offers(turn.coach, paused, body.AWAY_BUTTONS)
    turn.say("paused", Kind.NOTICE, choices=choices)
    return turn.keep(paused)


def resume(turn: Turn, state: State) -> memory.Events:
    """Take the exercise up where it was left."""
    here = replace(state, stage=Stage.STEP, paused=False, unclear=0)
    return steps.show(turn, here, turn.coach.texts["resumed"])


def _still(turn: Turn, state: State) -> memory.Events:
    choices = buttons.offers(turn.coach, state, body.AWAY_BUTTONS)
    turn.say("still_paused", Kind.NOTICE, choices=choices)
    return turn.keep(state)
