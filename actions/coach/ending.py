"""The end of a visit: what is kept of it, and what the rest of the session still knows."""

from __future__ import annotations

from actions import memory
from actions.coach.turn import Turn
from actions.exercises import course
from actions.exercises.state import Limit, Stage, State
from content.names import ActId, Kind
from diary.values import CheckIn, Done, Visit


def stop(turn: Turn, state: State) -> memory.Events:
    """End the visit because the patient wants to."""
    began = state.exercise is not None or state.done
    turn.say("stopped" if began else "stopped_before", Kind.NOTICE)
    return break_off(turn, course.leave_all(state))


def break_off(turn: Turn, state: State) -> memory.Events:
    """End before the time: what was done is kept, and nothing more is asked."""
    if any(not one["skipped"] for one in state.done) and turn.diary.consented():
        keep(turn, state)
    offered = [ActId.SAFETY_CHECK.value] if not state.may(Limit.NOT_TODAY) else []
    return turn.end(over(state), offered)


def over(state: State) -> State:
    """What the rest of the session still has to know."""
    return State(
        Stage.CHOICE,
        answers=state.answers,
        checked_at=state.checked_at,
        limits=state.limits,
        asked_consent=state.asked_consent,
    )


def keep(turn: Turn, state: State) -> bool:
    """Keep the visit, and the time that was reached; False where that failed."""
    diary = turn.diary
    told = [_whole(one["seconds"]) for one in state.done]
    seconds = max((one for one in told if one is not None), default=None)
    timed = seconds is None or diary.keep(CheckIn(turn.at, single_leg_seconds=seconds))
    return diary.keep(_visit(turn, state)) and timed


def _visit(turn: Turn, state: State) -> Visit:
    """What is kept: pain and effort of the visit stand with each exercise that was done."""
    return Visit(
        turn.at,
        tuple(
            Done(
                exercise=one["exercise"],
                variant=one["variant"],
                repetitions=_whole(one["repetitions"]),
                seconds=_whole(one["seconds"]),
                pain=None if one["skipped"] else state.pain,
                effort=None if one["skipped"] else state.effort,
                skipped=one["skipped"],
            )
            for one in state.done
        ),
    )


def _whole(value: object) -> int | None:
    """A number as JSON may give it back."""
    return int(value) if isinstance(value, (int, float)) else None
