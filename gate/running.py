"""The gate: one step after the other, until all have run or none can go on."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

from gate import child
from gate.job import Job, Say
from gate.report import Report, Result, State, Step, StepId
from gate.steps import PLANS


@dataclass(frozen=True)
class Progress:
    """How far the gate is: ``percent`` of all that was asked for."""

    step: StepId
    title: str
    percent: int
    message: str


Tell = Callable[[Progress], None]
Run = Callable[[StepId, Job, Say], Result]


def gate(job: Job, wanted: Sequence[StepId], tell: Tell, run: Run = child.run) -> Report:
    """Check a change.

    A step whose needs did not pass is left out; after a broken tool the others still run, for
    they may say something.

    Args:
        job: what is checked.
        wanted: the steps; they run in their own order.
        tell: told of progress.
        run: runs one step.

    Returns:
        The report, whatever happened.
    """
    began = time.monotonic()
    steps: dict[StepId, Step] = {}
    results: list[Result] = []
    asked = [step for step in PLANS if step in wanted]
    for step in asked:
        lacking = [need for need in PLANS[step].needs if need in steps and not steps[need].passed]
        if lacking:
            steps[step] = _left_out(step, lacking)
            continue
        steps[step], result = _taken(step, job, _telling(step, asked, tell), run)
        if result:
            results.append(result)
    made = datetime.now(timezone.utc).isoformat(timespec="seconds")
    return Report(tuple(steps.values()), tuple(results), time.monotonic() - began, made)


def _taken(step: StepId, job: Job, say: Say, run: Run) -> tuple[Step, Result | None]:
    began = time.monotonic()
    say(0.0, "begins")
    title = PLANS[step].title
    try:
        result = run(step, job, say)
    except child.Failed as failure:
        said = f"This check could not be made. Tell a programmer: {failure}"
        say(1.0, said)
        return Step(step, title, State.BROKEN, time.monotonic() - began, said), None
    say(1.0, result.said)
    state = State.PASSED if result.passed else State.STOPPED
    seconds = time.monotonic() - began
    return Step(step, title, state, seconds, result.said, result.findings), result


def _left_out(step: StepId, lacking: Sequence[StepId]) -> Step:
    titles = " and ".join(f"“{PLANS[need].title}”" for need in lacking)
    said = f"Not checked yet: {titles} comes first."
    return Step(step, PLANS[step].title, State.LEFT_OUT, 0.0, said)


def _telling(step: StepId, asked: Sequence[StepId], tell: Tell) -> Say:
    weights: Mapping[StepId, float] = {one: PLANS[one].seconds for one in asked}
    before = sum(weights[one] for one in asked[: asked.index(step)])
    whole = sum(weights.values())

    def say(share: float, message: str) -> None:
        percent = round(100 * (before + weights[step] * min(max(share, 0.0), 1.0)) / whole)
        tell(Progress(step, PLANS[step].title, percent, message))

    return say
