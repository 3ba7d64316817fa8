"""Which exercises were begun and done, by the steps that were shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from desk.index.told import Line, Turn


@dataclass(frozen=True)
class _Step:
    exercise: str
    step: int
    of: int


def counts(turns: Sequence[Turn]) -> tuple[int, int]:
    """How many exercises were begun and how many done.

    One is begun when a step of it is shown and another, or none, was under way. It is done when
    its last step was shown and a later answer has no step of it and is no question about danger:
    the coach went on to how it felt, or to the next exercise.
    """
    begun = done = 0
    now: _Step | None = None
    for turn in turns:
        steps = [step for step in map(_step, turn.replies) if step]
        if now and now.step == now.of and not turn.has("escalation"):
            goes_on = any(step.exercise == now.exercise for step in steps)
            if turn.replies and not goes_on:
                done, now = done + 1, None
        for step in steps:
            if now is None or step.exercise != now.exercise:
                begun += 1
            now = step
    return begun, done


def under_way(turns: Sequence[Turn]) -> bool:
    """Whether the last turn shows a step of an exercise."""
    return bool(turns) and any(map(_step, turns[-1].replies))


def _step(line: Line) -> _Step | None:
    carried = line.carried
    exercise, step, of = (carried.get(name) for name in ("exercise", "step", "of"))
    if isinstance(exercise, str) and isinstance(step, int) and isinstance(of, int):
        return _Step(exercise, step, of)
    return None
