"""A step in a process of its own: its result, its failures, and that nothing of it is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from gate.child import Failed, Work, run
from gate.job import Job, Say
from gate.report import Result, StepId

LONG = "import time; time.sleep(600)"


def well(step: StepId, job: Job, say: Say) -> Result:
    print("a library says something")
    say(0.5, "half")
    return Result(f"{step.value} went well")


def raises(step: StepId, job: Job, say: Say) -> Result:
    raise MemoryError("no room")


def gives_up(step: StepId, job: Job, say: Say) -> Result:
    raise SystemExit("Training failed; the whole log is elsewhere")


def dies(step: StepId, job: Job, say: Say) -> Result:
    os.kill(os.getpid(), signal.SIGKILL)
    return Result("never")


def leaves_somebody(step: StepId, job: Job, say: Say) -> Result:
    other = subprocess.Popen([sys.executable, "-c", LONG])
    (job.out / "left").write_text(str(other.pid))
    return Result("went well")


def called_off(step: StepId, job: Job, say: Say) -> Result:
    other = subprocess.Popen([sys.executable, "-c", LONG])
    try:
        (job.out / "left").write_text(str(other.pid))
        time.sleep(600)
    finally:
        (job.out / "cleared").touch()
    return Result("never")


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(tmp_path, tmp_path, tmp_path, date(2026, 11, 22))


def quietly(share: float, message: str) -> None:
    """Progress that nobody hears."""


def is_there(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def gone(pid: int) -> bool:
    for _ in range(100):
        if not is_there(pid):
            return True
        time.sleep(0.05)
    return False


def test_a_step_gives_its_result_and_tells_how_far_it_is(
    job: Job, capfd: pytest.CaptureFixture[str]
) -> None:
    told: list[tuple[float, str]] = []
    result = run(StepId.LINT, job, lambda share, message: told.append((share, message)), well)
    assert result.said == "lint went well"
    assert told == [(0.5, "half")]
    assert capfd.readouterr().out == "", "only the gate itself writes to standard output"


@pytest.mark.parametrize(
    ("work", "why"),
    [
        (raises, "MemoryError: no room"),
        (gives_up, "SystemExit: Training failed"),
        (dies, "ended without a result"),
    ],
)
def test_a_step_that_cannot_end_well_fails_and_says_how(job: Job, work: Work, why: str) -> None:
    with pytest.raises(Failed, match=why):
        run(StepId.LINT, job, quietly, work)


def test_what_a_step_leaves_running_is_ended(job: Job) -> None:
    run(StepId.LINT, job, quietly, leaves_somebody)
    assert gone(int((job.out / "left").read_text()))


def test_calling_off_ends_the_step_and_all_it_started(job: Job) -> None:
    def stop_once_it_works(*_: object) -> None:
        if (job.out / "left").exists():
            signal.setitimer(signal.ITIMER_REAL, 0)
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, stop_once_it_works)
    signal.setitimer(signal.ITIMER_REAL, 0.1, 0.1)
    try:
        with pytest.raises(KeyboardInterrupt):
            run(StepId.LINT, job, quietly, called_off)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert (job.out / "cleared").exists()
    assert gone(int((job.out / "left").read_text()))
