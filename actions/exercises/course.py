"""Where a command leads: from a state to the next. Pure.

Only ``next`` and ``back`` change the step, each by one; ``skip`` leaves the whole exercise. So no
order of commands loses the place or jumps over a step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions.exercises.state import EASIER, HARDER, Limit, Stage, State
from content.coach import Coach, Exercise
from content.coach.model import STANDING


def start(coach: Coach, state: State, exercises: Sequence[str]) -> State:
    """Begin the first of ``exercises``; the others wait in the queue."""
    first, *queue = exercises
    variant = _first_variant(coach.exercises[first], state)
    return replace(
        state,
        stage=Stage.STEP,
        exercise=first,
        variant=variant,
        step=0,
        queue=tuple(queue),
        counted=None,
        paused=False,
        sign=None,
        unclear=0,
    )


def is_last(coach: Coach, state: State) -> bool:
    """Whether it stands at the last step of the exercise."""
    return state.step + 1 >= len(_exercise(coach, state).steps)


def forward(state: State) -> State:
    """One step on; the caller sees to it that there is one."""
    return replace(state, step=state.step + 1, unclear=0)


def back(state: State) -> State:
    """One step back; at the first step it stays."""
    return replace(state, step=max(0, state.step - 1), unclear=0)


def leave(coach: Coach, state: State, *, skipped: bool) -> State:
    """Note the exercise as done or skipped; with an empty queue, go on to how it was."""
    noted = replace(state, done=(*state.done, record(state, skipped=skipped)))
    if not noted.queue:
        return finish(coach, noted)
    return replace(noted, stage=Stage.CHOICE, exercise=None, variant=None, step=0, sign=None)


def limited(state: State, limit: str, now: float) -> State:
    """Allow less from ``now`` on."""
    return replace(state, limits=tuple(dict.fromkeys((*state.limits, limit))), checked_at=now)


def leave_all(state: State) -> State:
    """Break the visit off: what is under way was not done."""
    if state.exercise is None:
        return replace(state, queue=())
    return replace(state, done=(*state.done, record(state, skipped=True)), queue=())


def finish(coach: Coach, state: State) -> State:
    """After the last exercise: ask how it was, if anything was done."""
    over = replace(state, exercise=None, variant=None, step=0, queue=(), sign=None, unclear=0)
    if all(one["skipped"] for one in state.done):
        return replace(over, stage=Stage.CHOICE)
    asked = to_time(coach, state)
    return replace(over, stage=Stage.SECONDS if asked else Stage.EFFORT)


def to_time(coach: Coach, state: State) -> Exercise | None:
    """The exercise of this visit whose time is worth asking and was not told yet."""
    for one in state.done:
        exercise = coach.exercises.get(one["exercise"])
        # The easier way has another time, which is not to be compared.
        asked = exercise and exercise.ask_seconds and one["variant"] != EASIER
        if asked and not one["skipped"] and one["seconds"] is None:
            return exercise
    return None


def record(state: State, *, skipped: bool) -> dict[str, Any]:
    """What is noted of the exercise under way: no number that the patient did not tell."""
    return {
        "exercise": state.exercise,
        "variant": state.variant,
        "repetitions": state.counted,
        "seconds": None,
        "skipped": skipped,
    }


def timed(state: State, exercise: str, seconds: int) -> State:
    """Note the time that was reached in an exercise of this visit."""
    done = tuple(
        {**one, "seconds": seconds} if one["exercise"] == exercise else one for one in state.done
    )
    return replace(state, done=done)


def counted(state: State, number: int) -> State:
    """Note how often the patient says they did it."""
    return replace(state, counted=number, unclear=0)


def easier(coach: Coach, state: State) -> State | None:
    """The easier way of the exercise; None where there is none that is easier."""
    return _variant(coach, state, {HARDER: None, None: EASIER})


def harder(coach: Coach, state: State) -> State | None:
    """The harder way of the exercise; None where there is none, or none for today."""
    if not state.may(Limit.GENTLE):
        return None
    return _variant(coach, state, {EASIER: None, None: HARDER})


def is_safe(exercise: Exercise, variant: str | None, limits: Sequence[str]) -> bool:
    """Whether an exercise may be done under these limits."""
    if Limit.NOT_TODAY.value in limits:
        return False
    return Limit.SEATED.value not in limits or exercise.position_of(variant) != STANDING


def allowed(coach: Coach, limits: Sequence[str]) -> list[str]:
    """The ids of the exercises that may be done under these limits."""
    return [one.id for one in coach.exercises.values() if is_safe(one, None, limits)]


def _variant(coach: Coach, state: State, leads: Mapping[str | None, str | None]) -> State | None:
    exercise = _exercise(coach, state)
    if state.variant not in leads:
        return None
    variant = leads[state.variant]
    if variant is not None and variant not in exercise.variants:
        return None
    if not is_safe(exercise, variant, state.limits):
        return None
    return replace(state, variant=variant, unclear=0)


def _first_variant(exercise: Exercise, state: State) -> str | None:
    gentle = not state.may(Limit.GENTLE)
    return EASIER if gentle and EASIER in exercise.variants else None


def _exercise(coach: Coach, state: State) -> Exercise:
    return coach.exercises[str(state.exercise)]
