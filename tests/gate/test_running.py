"""What becomes of steps that pass, stop, break or have to wait for another."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from content.lint.problems import Severity
from gate.child import Failed
from gate.job import Job
from gate.report import Confusion, Figure, Finding, Report, Result, State, StepId
from gate.running import Progress, gate

FAULT = Finding("data/topics/brace/types.yml", 3, "too long", "Cut it.")
HINT = Finding("data/sources.yml", 1, "nobody opened it", "Open it.", Severity.WARNING)


class Played:
    """Steps that end as a test says."""

    def __init__(self, **ends: Result | str) -> None:
        self._ends = ends
        self.ran: list[str] = []

    def __call__(self, step: StepId, job: Job, say: Callable[[float, str], None]) -> Result:
        self.ran.append(step.value)
        say(0.5, "half")
        end = self._ends.get(step.value, Result("all well"))
        if isinstance(end, str):
            raise Failed(end)
        return end


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(tmp_path / "data", tmp_path / "live", tmp_path, date(2026, 11, 22))


def checked(job: Job, played: Played, *wanted: StepId) -> Report:
    return gate(job, wanted or list(StepId), lambda progress: None, played)


def states(report: Report) -> dict[str, str]:
    return {step.id.value: step.state.value for step in report.steps}


def test_a_change_without_fault_passes(job: Job) -> None:
    report = checked(job, Played())
    assert report.passed
    assert report.broken is None
    assert set(states(report).values()) == {"passed"}


def test_an_error_stops_and_what_needs_the_step_is_left_out(job: Job) -> None:
    played = Played(lint=Result("1 error", (FAULT,)))
    report = checked(job, played)
    assert not report.passed
    assert played.ran == ["lint"]
    assert states(report)["lint"] == "stopped"
    assert {state for step, state in states(report).items() if step != "lint"} == {"left out"}


def test_a_warning_stops_nothing(job: Job) -> None:
    assert checked(job, Played(lint=Result("1 new warning", (HINT,)))).passed


def test_a_tool_that_fails_is_broken_and_never_passed(job: Job) -> None:
    report = checked(job, Played(train="MemoryError: no room"))
    assert report.broken is StepId.TRAIN
    assert not report.passed
    [step] = [step for step in report.steps if step.state is State.BROKEN]
    assert "MemoryError: no room" in step.said


def test_a_step_left_out_never_counts_as_passed(job: Job) -> None:
    report = checked(job, Played(validate=Result("1 fault", (FAULT,))))
    assert states(report)["train"] == "left out"
    assert not report.passed


def test_only_the_steps_asked_for_run_in_their_own_order(job: Job) -> None:
    played = Played()
    checked(job, played, StepId.TRAIN, StepId.LINT)
    assert played.ran == ["lint", "train"]


def test_progress_rises_to_the_whole(job: Job) -> None:
    told: list[Progress] = []
    gate(job, list(StepId), told.append, Played())
    percents = [progress.percent for progress in told]
    assert percents == sorted(percents)
    assert (percents[0], percents[-1]) == (0, 100)


def test_the_report_is_json_that_says_it_all(job: Job) -> None:
    result = Result(
        "1 error",
        (FAULT,),
        {"sizes": {"topics": Figure(155, 156)}},
        confusion=(Confusion("brace/types", "fes/fes_or_brace", 3, 1),),
    )
    file = checked(job, Played(lint=result), StepId.LINT).write(job.out)
    found = json.loads(file.read_text(encoding="utf-8"))
    assert (found["version"], found["passed"], found["broken"]) == (1, False, None)
    [step] = found["steps"]
    assert (step["id"], step["passed"], step["findings"][0]["severity"]) == ("lint", False, "error")
    assert found["figures"]["sizes"]["topics"] == {
        **{"before": 155, "after": 156},
        **{"of": None, "unit": ""},
    }
    assert found["confusion"][0]["as"] == "fes/fes_or_brace"
    assert found["model"] is None
